import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { HeaderModel, RevisionChip } from '../shared/panel-model.ts';
import { actionButton } from './action-button.ts';
import './elapsed-clock.ts';
import { icon, spoken } from './icon.ts';
import { LightElement } from './light-element.ts';
import { localTime } from './time-format.ts';

const TONES: Readonly<Record<HeaderModel['tone'], { readonly icon: string; readonly words: string }>> = {
  ok: { icon: 'pass-filled', words: 'Healthy' },
  running: { icon: 'circle-large-filled', words: 'In progress' },
  failed: { icon: 'error', words: 'Failing' },
  paused: { icon: 'debug-pause', words: 'Paused' },
  unknown: { icon: 'question', words: 'State not known' },
};

/** The four answers: what, from where to where, how long, what next. */
export class PanelHeader extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: HeaderModel | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const model = this.model;
    if (model === undefined) return nothing;
    const tone = TONES[model.tone];
    return html`<header class="header">
        <h1 class="header-what">
          ${icon(tone.icon, `tone-${model.tone}`)}${spoken(`${tone.words}: `)}
          <span class="header-name" title=${model.name}>${model.name}</span>
          <span class="header-where" title="${model.namespace} · ${model.context}"
            >${model.namespace} · ${model.context}</span
          >
          ${model.protected === true ? badge('protected', 'The deployment’s name must be typed before anything is written') : nothing}
          ${model.readOnly === true ? badge('read-only', 'Nothing can be written from here') : nothing}
        </h1>
        ${this.#doing(model)} ${this.#elapsed(model)}
        <div class="header-actions">
          ${model.secondary
            .filter((action) => action.action !== 'showDiff')
            .map((action) => actionButton(action, 'secondary', (message) => this.intend(message)))}
          ${
            model.primary === undefined
              ? nothing
              : actionButton(model.primary, 'primary', (message) => this.intend(message))
          }
        </div>
      </header>
      ${this.#stale(model)}`;
  }

  #doing(model: HeaderModel): TemplateResult {
    const diff = model.secondary.find((action) => action.action === 'showDiff');
    return html`<div class="header-doing">
      <span class="header-verb">${model.doing}</span>
      ${model.from === undefined ? nothing : chip(model.from)}
      ${
        model.from === undefined || model.to === undefined
          ? nothing
          : html`<span class="header-arrow" aria-hidden="true">→</span>${spoken('to')}`
      }
      ${model.to === undefined ? nothing : chip(model.to)}
      <span class="header-words" title=${model.words}>${model.words}</span>
      ${diff === undefined ? nothing : actionButton(diff, 'link', (message) => this.intend(message))}
    </div>`;
  }

  #elapsed(model: HeaderModel): TemplateResult | typeof nothing {
    if (model.elapsed === undefined) return nothing;
    return html`<div class="header-elapsed" title=${model.elapsed.label}>
      <kr-elapsed .since=${model.elapsed.since} .until=${model.elapsed.until}></kr-elapsed>
      <span>${model.elapsed.label}</span>
    </div>`;
  }

  #stale(model: HeaderModel): TemplateResult | typeof nothing {
    if (model.stale === undefined) return nothing;
    return html`<div class="stale" role="status">
      ${icon('debug-disconnect')}
      <span
        >As seen at <time datetime=${model.stale.since}>${localTime(model.stale.since)}</time>:
        ${model.stale.reason}</span
      >
    </div>`;
  }
}

function badge(word: string, title: string): TemplateResult {
  return html`<span class="header-badge" title=${title}>${word}</span>`;
}

function chip(revision: RevisionChip): TemplateResult {
  return html`<span class="chip chip-${revision.tone}" title="${revision.number} · ${revision.version}"
    >${spoken('revision')}${revision.number} · ${revision.version}</span
  >`;
}

customElements.define('kr-header', PanelHeader);
