/** The largest package that we publish, in bytes, and how few files it must stay under. */
export const PACKAGE_LIMITS = { bytes: 700_000, files: 20 } as const;

/** The two that describe the package to the marketplace, which vsce adds to those it lists. */
export const ADDED_FILES = 2;

/** What the package holds: every name must be here, and every name here must be there. Chunks end in their hash. */
const contents: readonly RegExp[] = [
  /^package\.json$/,
  /^README\.md$/,
  /^CHANGELOG\.md$/,
  /^LICENSE$/,
  /^dist\/extension\.js$/,
  /^dist\/[\w-]+-[A-Z0-9]{8}\.js$/,
  /^dist\/webview\.js$/,
  /^dist\/webview\.css$/,
  /^dist\/codicon\.ttf$/,
  /^media\/icon\.png$/,
  /^media\/rollback\.svg$/,
  /^media\/rollback-light\.svg$/,
];

/** In words, how a package's file names and size differ from what they are to be; nothing where they do not. */
export function contentProblems(names: readonly string[], bytes: number): readonly string[] {
  const unexpected = names.filter((name) => !contents.some((pattern) => pattern.test(name)));
  const missing = contents.filter((pattern) => !names.some((name) => pattern.test(name)));
  const problems = [
    ...unexpected.map((name) => `${name} is in the package, but not in its list.`),
    ...missing.map((pattern) => `Nothing in the package matches ${pattern.source}.`),
  ];
  const files = names.length + ADDED_FILES;
  if (files >= PACKAGE_LIMITS.files) problems.push(`${files} files are too many.`);
  if (bytes >= PACKAGE_LIMITS.bytes) problems.push(`${bytes} bytes are too many.`);
  return problems;
}
