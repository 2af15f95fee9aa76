/**
 * `npm test [-- LAYER …] [--grep WORDS …]`: does all the set-up and runs the tests, layer by layer. Ends with one line
 * that counts them; fails where one failed, where a layer ran none, or, under CI, where one was skipped.
 */
import type { Tally } from '../test/reporting/tally.ts';
import { buildClusterBinary } from '../test/testbed/cluster/binary/build.ts';
import { installVsCodeServer } from '../test/testbed/vscode/code-server.ts';
import { bundleExtension } from './bundle/bundle-extension.ts';
import { isLayer, type Layer, LAYERS } from './layers/layers.ts';
import { runLayer } from './layers/run-layer.ts';
import { verdict } from './layers/verdict.ts';
import { MissingRequirements, setUp } from './set-up/set-up.ts';

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => !isLayer(word));
const named = words.slice(0, firstOption === -1 ? words.length : firstOption).filter(isLayer);
const further = firstOption === -1 ? [] : words.slice(firstOption);
const layers = named.length === 0 ? LAYERS : LAYERS.filter((layer) => named.includes(layer));

try {
  process.exitCode = await test();
} catch (error) {
  if (!(error instanceof MissingRequirements)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function test(): Promise<number> {
  const inVsCode = layers.includes('integration') || layers.includes('e2e');
  const cluster = layers.includes('cluster') || inVsCode;
  await setUp({ go: cluster, browser: inVsCode, vscode: inVsCode }, log);
  await bundleExtension({ production: true });
  // What takes minutes the first time goes on beside the unit tests, one after the other: both use all cores.
  const parts = prepareParts(inVsCode, cluster);
  parts.catch(() => {}); // It is awaited below; until then a failure must not end the process.
  const tallies: [Layer, Tally][] = [];
  for (const layer of layers) {
    if (layer !== 'unit') await parts;
    console.log(`\n── ${layer} tests`);
    tallies.push([layer, await runLayer(layer, further)]);
  }
  const { line, problems } = verdict(tallies, {
    ci: process.env['CI'] === 'true',
    selected: further.length > 0,
  });
  for (const problem of problems) console.error(problem);
  console.log(`\n${line}`);
  return problems.length === 0 ? 0 : 1;
}

async function prepareParts(vscode: boolean, cluster: boolean): Promise<void> {
  if (vscode) await installVsCodeServer(log);
  if (cluster) await buildClusterBinary({ onProgress: log });
}

function log(line: string): void {
  console.log(`· ${line}`);
}
