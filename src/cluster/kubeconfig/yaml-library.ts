/** Imported lazily: a dynamic import of the CommonJS library itself would give no named exports once bundled. */
export { parseAllDocuments, parseDocument, stringify } from 'yaml';
