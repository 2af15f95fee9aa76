/** A test of the application that a person has named for a deployment. */
export type SmokeTest = { readonly timeoutMs: number } & (
  { readonly kind: 'task'; readonly task: string } | { readonly kind: 'command'; readonly command: string }
);

/** How a test ended. */
export type SmokeEnd =
  /** `exitCode`: undefined where VS Code did not tell. */
  | { readonly kind: 'exited'; readonly exitCode: number | undefined; readonly note?: string }
  /** It was ended from outside by a signal such as SIGKILL. */
  | { readonly kind: 'killed'; readonly signal: string }
  /** Nothing was started, and why. */
  | { readonly kind: 'notStarted'; readonly message: string };

/** What is run, as a person reads it. */
export function smokeTitle(test: SmokeTest): string {
  return test.kind === 'task' ? `Task ${test.task}` : test.command;
}
