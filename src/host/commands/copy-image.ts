import * as vscode from 'vscode';
import { copyText } from '../copy-text.ts';
import type { Command } from './command.ts';
import { copiedRow } from './copied-row.ts';
import { pickFrom } from '../pick-from.ts';

/** Copies the image of a deployment or a revision; of several containers' images, the one that is chosen. */
export const copyImage: Command = {
  id: 'copyImage',
  doing: 'Copy the image',
  async run(surroundings, argument) {
    const row = await copiedRow(surroundings, argument, 'Copy Image');
    if (row === undefined) return;
    const images = [...new Set(row.images)];
    if (images.length === 0) void vscode.window.showWarningMessage(`${row.name} has no image to copy.`);
    const items = images.map((label) => ({ label }));
    const image = items.length < 2 ? items[0] : await pickFrom(items, { title: `Copy Image: ${row.name}` });
    if (image !== undefined) await copyText(image.label);
  },
};
