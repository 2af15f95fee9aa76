import { changeSection } from './change-section.ts';
import { checklistSection, evidenceSection } from './evidence-section.ts';
import { figuresSection } from './figures-section.ts';
import { logsSection } from './logs-section.ts';
import { code, type Inline, prose, plain } from './markdown.ts';
import { postMortem } from './post-mortem.ts';
import type { ReportInput } from './report-input.ts';
import { stakeholderMessage } from './stakeholder-message.ts';
import { peopleSection, summarySection } from './summary-section.ts';
import { tasksSection } from './tasks-section.ts';
import { milestonesTable, timelineTable } from './timeline-section.ts';
import { offsetWords, utcTime, zonedTime } from './times.ts';

/** What of a run is written: all of it, or one of the two parts that others get. */
export type ReportPart = 'report' | 'stakeholders' | 'postMortem';

/**
 * An incident as Markdown, from what its run has. Nothing that a cluster or a person has written becomes markup in it, and secrets
 * are left out.
 */
export function incidentReport(input: ReportInput, part: ReportPart): string {
  switch (part) {
    case 'report':
      return wholeReport(input);
    case 'stakeholders':
      return `${stakeholderMessage(input.incident, input.clock)}\n`;
    case 'postMortem':
      return document(prose`# Post-mortem: ${plain(input.incident.run.target.name)}`, input, [
        postMortem(input.incident, input.clock, '##'),
      ]);
  }
}

function wholeReport(input: ReportInput): string {
  const { incident, clock, samples, captured } = input;
  return document(prose`# Incident report: ${plain(incident.run.target.name)}`, input, [
    '## Summary',
    summarySection(incident, clock),
    '## Timeline',
    milestonesTable(incident, clock),
    timelineTable(incident, clock),
    '## Who did and signed what',
    peopleSection(incident, clock),
    '## What changed',
    changeSection(incident),
    '## Checklist',
    checklistSection(incident, clock),
    '## Evidence of each step',
    evidenceSection(incident, clock),
    '## Figures',
    figuresSection(incident, samples, clock),
    '## Log excerpts',
    logsSection(incident, captured, clock),
    '## Tasks',
    tasksSection(incident),
    '## Message for stakeholders',
    stakeholderMessage(incident, clock),
    '## Post-mortem',
    postMortem(incident, clock, '###'),
  ]);
}

function document(title: Inline, { incident, clock, damagedFrom }: ReportInput, parts: readonly string[]) {
  const { now } = clock;
  const head = prose`Run ${code(incident.run.id)} · written at ${plain(zonedTime(now, clock))} = ${plain(utcTime(now))} · times are of the zone ${code(`UTC${offsetWords(clock.offsetMinutes(now))}`)} unless they say otherwise`;
  const damaged =
    damagedFrom === undefined
      ? []
      : [
          prose`**The journal of this run is damaged from record ${damagedFrom} on.** What came after that is not in this report.`,
        ];
  return `${[title, head, ...damaged, ...parts].join('\n\n')}\n`;
}
