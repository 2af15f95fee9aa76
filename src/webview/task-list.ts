import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TaskModel, TasksModel } from '../shared/panel-model.ts';
import { actionRow } from './action-button.ts';
import { foldRow } from './fold-row.ts';
import { icon } from './icon.ts';
import { LightElement } from './light-element.ts';
import { moveAmongRows } from './row-keys.ts';
import { localTime } from './time-format.ts';
import type { ViewMemory } from './view-memory.ts';

const STATES: Readonly<Record<TaskModel['state'], { readonly icon: string; readonly words: string }>> = {
  open: { icon: 'circle-large', words: 'open' },
  inProgress: { icon: 'color-mode', words: 'in progress' },
  done: { icon: 'check', words: 'done' },
  notNeeded: { icon: 'circle-slash', words: 'not needed' },
};

/** The runbook's tasks after the rollback, in their groups: each with its owner, its state and its note. */
export class TaskList extends LightElement {
  static override properties = { tasks: { attribute: false }, memory: { attribute: false } };
  declare tasks: TasksModel | undefined;
  declare memory: ViewMemory | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.tasks === undefined) return nothing;
    const { settled, total, groups } = this.tasks;
    return html`<h2 class="checklist-title"><span>Clean up</span><span>${settled} of ${total}</span></h2>
      <div class="tasks" @keydown=${moveAmongRows}>
        ${groups.map(
          (group) =>
            html`<h3 class="tasks-group">${group.title}</h3>
              <ul>
                ${repeat(
                  group.tasks,
                  (task) => task.id,
                  (task) =>
                    html`<li
                      class="task task-${task.state}"
                      @kr-fold=${(event: CustomEvent<boolean>) => this.#fold(task, event.detail)}
                    >
                      ${this.#task(task)}
                    </li>`,
                )}
              </ul>`,
        )}
      </div>`;
  }

  #task(task: TaskModel): TemplateResult {
    const state = STATES[task.state];
    const hasBody = task.note !== '' || task.changed !== undefined || task.actions.length > 0;
    return foldRow({
      id: `task-${task.id}`,
      heading: task.title,
      state: state.words,
      marker: icon(state.icon, 'row-icon'),
      aside: asideWords(task),
      open: hasBody ? (this.memory?.isOpen(`task:${task.id}`, false) ?? false) : undefined,
      body: () => html`${taskWords(task)} ${actionRow(task.actions, (message) => this.intend(message))}`,
    });
  }

  #fold({ id }: TaskModel, open: boolean): void {
    this.memory?.setOpen(`task:${id}`, open, false);
    this.requestUpdate();
  }
}

/** `in progress · jane`, `done · jane`; an open one that nobody owns says nothing. */
function asideWords({ state, owner }: TaskModel): string {
  const words = [state === 'open' ? '' : STATES[state].words, owner];
  return words.filter((word) => word !== '').join(' · ');
}

function taskWords({ owner, note, changed }: TaskModel): TemplateResult {
  return html`<p class="task-words">Owner: ${owner === '' ? 'nobody yet' : owner}</p>
    ${note === '' ? nothing : html`<p class="step-detail">${note}</p>`}
    ${
      changed === undefined
        ? nothing
        : html`<p class="task-words">
            Changed by ${changed.by} at
            <time datetime=${changed.at} title=${changed.at}>${localTime(changed.at)}</time>
          </p>`
    }`;
}

customElements.define('kr-tasks', TaskList);
