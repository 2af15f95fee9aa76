/** What stands in a log where lines may be missing: the last one that was read is no longer in it. */
export function gapWords(lastSecond: string | undefined): string {
  const since = lastSecond === undefined ? '' : ` The last line read is of ${lastSecond.slice(11)} UTC.`;
  return `⋯ Lines may be missing here: while nothing was read, the log was rotated or removed.${since}`;
}

/** What stands there where whole runs came and went: `runs` of them, of which Kubernetes keeps the last one's log alone. */
export function lostRunsWords(runs: number): string {
  const logs = runs === 1 ? 'The log of a run is' : `The logs of ${runs} runs are`;
  return `⋯ ${logs} missing here: the container restarted while nothing was read, and only its last run's log is kept.`;
}
