import { redactedMark, type Replace, secretName } from './secret-forms.ts';

const secretJson = /\\*"kind\\*"\s*:\s*\\*"Secret\\*"/;
const secretYaml = /^[ \t]*(?:-[ \t]+)?kind:[ \t]*["']?Secret["']?[ \t]*$/m;
/** To the end of the text where it was cut. */
const jsonData = /("(?:data|stringData)"\s*:\s*)\{(?:[^"{}]|"(?:[^"\\]|\\.)*(?:"|$))*(?:\}|$)/g;
/** JSON in a string of JSON, such as what kubectl has applied last. */
const escapedData = /(\\+"(?:data|stringData)(\\+)"\s*:\s*)\{[^{}]*(?:\}|$)/g;
const yamlData = /^([ \t]*)((?:-[ \t]+)?(?:data|stringData):)[ \t]*(?:\n(?:\1[ \t]+[^\n]*|[ \t]*(?=\n)))+/gm;

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
/** A container's variable: `{"name":"DB_PASSWORD","value":"…"}`, either way round. */
const jsonVariable = new RegExp(
  String.raw`("name"\s*:\s*"${secretName}"\s*,\s*"value"\s*:\s*)${quoted}`,
  'gi',
);
const jsonVariableTurned = new RegExp(
  String.raw`("value"\s*:\s*)${quoted}(\s*,\s*"name"\s*:\s*"${secretName}")`,
  'gi',
);
const escapedVariable = new RegExp(
  String.raw`(\\+"name\\+"\s*:\s*\\+"${secretName}\\+"\s*,\s*\\+"value(\\+)"\s*:\s*)\\+"[^"]*"`,
  'gi',
);
const yamlValue = String.raw`(?![ \t]|\[redacted\])[^\n]+`;
const yamlVariable = new RegExp(
  String.raw`(\bname:[ \t]*["']?${secretName}["']?[ \t]*\n[ \t]*value:[ \t]*)${yamlValue}`,
  'gi',
);
const yamlVariableTurned = new RegExp(
  String.raw`(\bvalue:[ \t]*)${yamlValue}(\n[ \t]*name:[ \t]*["']?${secretName}["']?[ \t]*(?=\n|$))`,
  'gi',
);
/** A YAML block below a name. */
const yamlBlock = new RegExp(
  String.raw`^([ \t]*)((?:-[ \t]+)?["']?${secretName}["']?:[ \t]*[|>][+\d-]{0,2})[ \t]*(?:\n(?:\1[ \t]+[^\n]*|[ \t]*(?=\n)))+`,
  'gim',
);
/** A value on the line below its name, which is no mapping and no list. */
const yamlBelow = new RegExp(
  String.raw`^([ \t]*)((?:-[ \t]+)?["']?${secretName}["']?:[ \t]*\n\1[ \t]+)(?!\[redacted\]|[-?] |[|>])([^\s:#][^\n:]*)$`,
  'gim',
);

/** Secrets in Kubernetes' objects, as JSON and as YAML: a Secret's data, a container's variables, blocks of text. */
export const objectForms: readonly Replace[] = [
  (text) =>
    secretJson.test(text)
      ? text
          .replace(jsonData, `$1"${redactedMark}"`)
          .replace(
            escapedData,
            (_all, before: string, level: string) => `${before}${level}"${redactedMark}${level}"`,
          )
      : text,
  (text) => (secretYaml.test(text) ? text.replace(yamlData, `$1$2 ${redactedMark}`) : text),
  (text) => text.replace(jsonVariable, `$1"${redactedMark}"`),
  (text) => text.replace(jsonVariableTurned, `$1"${redactedMark}"$2`),
  (text) =>
    text.replace(
      escapedVariable,
      (_all, before: string, level: string) => `${before}${level}"${redactedMark}${level}"`,
    ),
  (text) => text.replace(yamlVariable, `$1${redactedMark}`),
  (text) => text.replace(yamlVariableTurned, `$1${redactedMark}$2`),
  (text) => text.replace(yamlBlock, `$1$2 ${redactedMark}`),
  (text) => text.replace(yamlBelow, `$1$2${redactedMark}`),
];
