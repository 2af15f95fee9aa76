import type { RunEvent } from '../runbook/events.ts';

/** What a timeline tells. */
export type NotableEvent = Exclude<
  RunEvent,
  {
    readonly kind:
      | 'stepStarted'
      | 'stepSeen'
      | 'stepStopped'
      | 'writeIntended'
      | 'rolloutProgressed'
      | 'operationIntended'
      | 'operationProgressed';
  }
>;

/** What a person did, or answers for. */
export type Deed = Exclude<Extract<NotableEvent, { readonly by: string }>, { readonly kind: 'resumed' }>;

/** The events that matter afterwards, in their order; what only is on its way to one of them is left out. */
export function notableEvents(events: readonly RunEvent[]): readonly NotableEvent[] {
  return events.filter(isNotable);
}

/** What people did and signed. A run that goes on after a reload is nobody's deed. */
export function deeds(events: readonly NotableEvent[]): readonly Deed[] {
  return events.filter((event): event is Deed => 'by' in event && event.kind !== 'resumed');
}

function isNotable(event: RunEvent): event is NotableEvent {
  switch (event.kind) {
    case 'stepStarted':
    case 'stepSeen':
    case 'stepStopped':
    case 'writeIntended':
    case 'rolloutProgressed':
    case 'operationIntended':
    case 'operationProgressed':
      return false;
    case 'itemSeen':
      return event.state === 'ticked' || event.state === 'failed';
    case 'opened':
    case 'issueSeen':
    case 'stepEnded':
    case 'stepSkipped':
    case 'rollbackConfirmed':
    case 'writeEnded':
    case 'rolloutEnded':
    case 'operationConfirmed':
    case 'operationEnded':
    case 'operationFollowed':
    case 'signed':
    case 'itemOverridden':
    case 'overrideWithdrawn':
    case 'taskChanged':
    case 'handedOver':
    case 'takenOver':
    case 'resumed':
    case 'signedOff':
    case 'closed':
      return true;
  }
}
