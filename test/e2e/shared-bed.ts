import { repository } from '../../scripts/bundle/bundle-extension.ts';
import { openBed, type Bed } from '../testbed/vscode/bed.ts';

let opened: Promise<Bed> | undefined;

/** The bed of this run, with the extension from dist/ installed; started by whoever asks first. */
export function sharedBed(): Promise<Bed> {
  opened ??= openBed({ extensions: [repository] });
  return opened;
}

/** Ends it when it was started. */
export async function closeSharedBed(): Promise<void> {
  const bed = await opened;
  opened = undefined;
  await bed?.close();
}

/** The windows open now. */
export async function openWindows(): Promise<Iterable<{ keepEvidence(): Promise<void> }>> {
  return (await opened)?.windows ?? [];
}
