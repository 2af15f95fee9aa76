import { openSettings } from '../settings.ts';
import type { Command } from './command.ts';

export const configureEndpoints: Command = {
  id: 'configureEndpoints',
  doing: 'Open the setting of the endpoints',
  run: () => openSettings('endpoints'),
};
