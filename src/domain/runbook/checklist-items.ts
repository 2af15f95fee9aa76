/** The runbook's nine items, in its order. */
export const checklistItems = {
  previous: 'Previous version identified',
  executed: 'Rollback executed',
  pods: 'Pods are running and ready',
  health: 'Health checks passing',
  logs: 'Application logs show no errors',
  critical: 'Critical endpoints responding',
  metrics: 'Metrics normalized',
  users: 'Users can access the platform',
  alerts: 'Monitoring alerts cleared',
} as const;

export type ItemId = keyof typeof checklistItems;
export const itemIds = Object.keys(checklistItems) as readonly ItemId[];

/** `pending`: not seen yet; `failed`: seen, and it does not hold; `overridden`: a person answers for it. */
export type ItemState = 'ticked' | 'overridden' | 'running' | 'failed' | 'pending';

/** The items for which a person's word is evidence. */
export const signableItems = ['users', 'alerts'] as const satisfies ItemId[];
export type SignableItem = (typeof signableItems)[number];

export function isSignable(item: ItemId): item is SignableItem {
  return item === 'users' || item === 'alerts';
}
