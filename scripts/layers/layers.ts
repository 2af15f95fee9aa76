import { globSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../bundle/bundle-extension.ts';

/** The layers of tests, in the order of running: the cheap ones first. */
export const LAYERS = ['unit', 'cluster', 'integration', 'e2e'] as const;

export type Layer = (typeof LAYERS)[number];

/** Whether a word names a layer. */
export function isLayer(word: string): word is Layer {
  return LAYERS.some((layer) => layer === word);
}

function testFiles(layer: Layer): readonly string[] {
  return globSync(`test/${layer}/**/*.test.ts`, { cwd: repository }).sort();
}

/** Arguments for Node that run a layer's tests; `further` goes to mocha as it is. */
export function layerCommand(layer: Layer, further: readonly string[]): readonly string[] {
  if (layer === 'integration') return [join('test', 'integration', 'run.ts'), ...further];
  return [
    join('node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--reporter', 'test/reporting/counting-reporter.ts'],
    ...mochaOptions[layer],
    ...further,
    ...testFiles(layer),
  ];
}

const mochaOptions: Readonly<Record<Exclude<Layer, 'integration'>, readonly string[]>> = {
  unit: ['--parallel', '--jobs', '2', '--timeout', '20000'],
  // A cluster starts in seconds, and its controllers take some more.
  cluster: ['--timeout', '60000'],
  e2e: ['--require', 'test/e2e/root-hooks.ts', '--timeout', '120000'],
};
