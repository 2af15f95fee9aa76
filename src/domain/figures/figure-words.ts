import type { FigureId } from './sample.ts';

export const figureTitles: Readonly<Record<FigureId, string>> = {
  ready: 'Ready pods',
  restarts: 'Restarts',
  errorLines: 'Error lines / min',
  latency: 'Latency',
  cpu: 'CPU',
  memory: 'Memory',
};

/** A value as it is read: `84 ms`, `231m`, `412Mi`, as `kubectl top` writes CPU and memory. */
export function figureWords(id: FigureId, value: number): string {
  switch (id) {
    case 'latency':
      return `${Math.round(value)} ms`;
    case 'cpu':
      return `${Math.ceil(value)}m`;
    case 'memory':
      return `${Math.floor(value / 1024 / 1024)}Mi`;
    case 'errorLines':
      return String(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
    case 'ready':
    case 'restarts':
      return String(value);
  }
}
