import * as v from 'valibot';
import { noFilter } from '../../views/tree/filter.ts';
import { sortOrders } from '../../views/tree/order.ts';

const choices = v.object({
  context: v.fallback(v.optional(v.string()), undefined),
  namespaces: v.fallback(v.record(v.string(), v.array(v.string())), {}),
  filter: v.fallback(v.object({ text: v.string(), failingOnly: v.boolean() }), noFilter),
  sort: v.fallback(v.picklist(sortOrders), 'failing'),
});

/** What is remembered of a workspace's tree. */
export type StoredChoices = v.InferOutput<typeof choices>;

/** What was stored, by this version or another: what is not of the form is as if never chosen. */
export function choicesOf(stored: unknown): StoredChoices {
  const parsed = v.safeParse(choices, stored ?? {});
  return parsed.success
    ? parsed.output
    : { context: undefined, namespaces: {}, filter: noFilter, sort: 'failing' };
}
