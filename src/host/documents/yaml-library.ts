/** Imported lazily: a dynamic import of the CommonJS library itself would give no named exports once bundled. */
export { stringify } from 'yaml';
