import type { SchemaOptions } from 'yaml';

type Tags = Extract<SchemaOptions['customTags'], readonly unknown[]>;

/** What kubectl's YAML 1.1 reader leaves as text. */
const leftAsText = new Set(['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:binary']);

/**
 * Reads the first document of a YAML or JSON text as kubectl does: YAML 1.1, where `n`, `yes` and `off` are booleans and a
 * key that comes twice takes its last value. Undefined where the text is empty. Throws an Error with the library's words.
 */
export async function readYaml(text: string): Promise<unknown> {
  const { parseAllDocuments } = await import('./yaml-library.ts');
  const documents = parseAllDocuments(text, {
    version: '1.1',
    uniqueKeys: false,
    prettyErrors: true,
    customTags: (tags: Tags) => tags.filter((tag) => !isLeftAsText(tag)),
  });
  const [first] = Array.isArray(documents) ? documents : [];
  if (first === undefined) return undefined;
  const [error] = first.errors;
  if (error !== undefined) throw error;
  return first.toJS({ maxAliasCount: 100 });
}

function isLeftAsText(tag: Tags[number]): boolean {
  if (typeof tag === 'string') return tag === 'timestamp' || tag === 'binary';
  // Times such as 12:30 are numbers to base 60 in YAML 1.1, but not to kubectl's reader.
  return leftAsText.has(tag.tag) || ('format' in tag && tag.format === 'TIME');
}
