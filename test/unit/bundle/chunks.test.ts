import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleExtension, type BundledFile } from '../../../scripts/bundle/bundle-extension.ts';

/** Words that only the library itself has, not the code that calls it. */
const libraries = {
  undici: /maxOrigins/,
  'the kubeconfig’s reader': /insecure-skip-tls-verify/,
  yaml: /YAMLParseError/,
};

describe('the chunks of the bundle', () => {
  let folder: string;
  let files: readonly BundledFile[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chunks-'));
    files = await bundleExtension({ production: true, outdir: folder });
  });
  after(() => rm(folder, { recursive: true }));

  for (const [library, words] of Object.entries(libraries)) {
    it(`hold ${library}, but nothing of it in what activation loads`, async () => {
      const all = files
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.js') && name !== 'webview.js');
      const eager = await loadedWith('extension.js');
      assert.ok((await matching(all, words)).length > 0);
      assert.deepEqual(await matching([...eager], words), []);
    });
  }

  it('give each library by name to the lazy imports that ask for it', async () => {
    // A dynamic import of a CommonJS package gives only its default once bundled, which fails at the first use alone.
    const doors = await Promise.all(
      files
        .filter((file) => /^yaml-library-.*\.js$/.test(file.name))
        .map(async (file): Promise<Readonly<Record<string, unknown>>> => import(urlOf(file.name))),
    );
    assert.ok(doors.length > 0);
    for (const door of doors)
      for (const name of ['stringify', 'parseDocument', 'parseAllDocuments'])
        assert.equal(typeof door[name], 'function', name);
  });

  it('hold nothing in the panel’s script that its policy would block', async () => {
    const script = await readFile(join(folder, 'webview.js'), 'utf8');
    for (const sink of [
      /\beval\(/,
      /new Function\(/,
      /insertAdjacentHTML/,
      /document\.write/,
      /setAttribute\(["']style["']/,
    ])
      assert.doesNotMatch(script, sink);
    assert.doesNotMatch(script, /<style|\sstyle=/, 'inline styles in a template');
  });

  /** The file and all that it imports statically, to the end. */
  async function loadedWith(name: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
    if (seen.has(name)) return seen;
    seen.add(name);
    const text = await readFile(join(folder, name), 'utf8');
    for (const [, other = ''] of text.matchAll(/(?:^|;)import(?:[^"';()]*from)?["']\.\/([^"']+)["']/g))
      await loadedWith(other, seen);
    return seen;
  }

  async function matching(names: readonly string[], words: RegExp): Promise<readonly string[]> {
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return names.filter((_name, index) => words.test(texts[index] ?? ''));
  }

  function urlOf(name: string): string {
    return pathToFileURL(join(folder, name)).href;
  }
});
