/** Who wrote an object, as the API server keeps it: in real clusters about half of an object's JSON. */
export function managedFields(
  object: Readonly<Record<string, unknown>>,
  spec: { readonly manager: string; readonly operation?: 'Apply' | 'Update' },
  statusManager: string,
): readonly object[] {
  const { metadata, spec: wanted, status } = object;
  const time = '2026-01-10T08:15:30Z';
  const common = { operation: spec.operation ?? 'Update', apiVersion: object['apiVersion'], time };
  return [
    {
      manager: spec.manager,
      ...common,
      fieldsType: 'FieldsV1',
      fieldsV1: fieldsOf({ metadata, spec: wanted }),
    },
    {
      manager: statusManager,
      ...common,
      operation: 'Update',
      fieldsType: 'FieldsV1',
      fieldsV1: fieldsOf({ status }),
      subresource: 'status',
    },
  ];
}

/** The set of fields of a value, in the format FieldsV1: `f:` a field, `k:` a list's item by its key, `.` the value itself. */
function fieldsOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item) => [keyOf(item), withSelf(item)]));
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [`f:${name}`, Array.isArray(field) ? withSelf(field) : fieldsOf(field)]),
  );
}

function withSelf(value: unknown): Record<string, unknown> {
  return { '.': {}, ...fieldsOf(value) };
}

function keyOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return `v:${JSON.stringify(item)}`;
  for (const key of ['uid', 'name', 'type', 'mountPath', 'containerPort', 'ip', 'key']) {
    if (key in item)
      return `k:${JSON.stringify(Object.fromEntries(Object.entries(item).filter(([name]) => name === key)))}`;
  }
  return `v:${JSON.stringify(item)}`;
}
