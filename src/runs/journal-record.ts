import { crc32 } from 'node:zlib';
import type { RunEvent } from '../domain/runbook/events.ts';

/** Of the records' form: another one is not read. */
const formatVersion = 1;

/** Where a journal stands: how many records it has, and the checksum that the next one goes on from. */
export interface JournalEnd {
  readonly records: number;
  readonly checksum: number;
  /** Bytes of the whole records. */
  readonly bytes: number;
}

export const journalStart: JournalEnd = { records: 0, checksum: 0, bytes: 0 };

/** What a journal's bytes say. */
export interface JournalContent {
  readonly events: readonly RunEvent[];
  readonly end: JournalEnd;
  /** True where behind the last whole record stands the beginning of one that was never finished. */
  readonly torn: boolean;
  /** The first record, counted from 1, that is not as it was written: neither it nor what follows can be relied on. */
  readonly damagedFrom: number | undefined;
}

/**
 * A record is one line of JSON: `{"crc":"0a1b2c3d","v":1,"n":4,"event":{…}}`. The checksum (CRC-32) is of what follows it and
 * of all records before, so that none can be changed, left out or moved without being noticed.
 */
export function journalRecord(end: JournalEnd, event: RunEvent): { line: string; next: JournalEnd } {
  const rest = JSON.stringify({ v: formatVersion, n: end.records + 1, event }).slice(1);
  const checksum = crc32(rest, end.checksum);
  const line = `{"crc":"${hex(checksum)}",${rest}\n`;
  const next = { records: end.records + 1, checksum, bytes: end.bytes + Buffer.byteLength(line) };
  return { line, next };
}

/** The events up to the first record that is not whole and right. Guesses nothing. */
export function readJournal(bytes: Buffer): JournalContent {
  const events: RunEvent[] = [];
  let end = journalStart;
  for (;;) {
    const newline = bytes.indexOf(0x0a, end.bytes);
    if (newline === -1) return { events, end, torn: end.bytes < bytes.length, damagedFrom: undefined };
    const read = record(bytes.subarray(end.bytes, newline), end);
    if (read === undefined) return { events, end, torn: false, damagedFrom: end.records + 1 };
    events.push(read.event);
    end = { records: end.records + 1, checksum: read.checksum, bytes: newline + 1 };
  }
}

const head = /^\{"crc":"([0-9a-f]{8})",$/;
const headBytes = '{"crc":"00000000",'.length;

function record(line: Buffer, end: JournalEnd): { event: RunEvent; checksum: number } | undefined {
  const written = head.exec(line.toString('latin1', 0, headBytes))?.[1];
  const rest = line.subarray(headBytes);
  const checksum = crc32(rest, end.checksum);
  if (written !== hex(checksum)) return undefined;
  // The checksum is right: this is what `journalRecord` wrote, of this version or a later one.
  const { v, n, event } = JSON.parse(`{${rest.toString()}`) as { v: number; n: number; event: RunEvent };
  return v === formatVersion && n === end.records + 1 ? { event, checksum } : undefined;
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}
