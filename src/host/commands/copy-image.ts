import * as vscode from 'vscode';
import { copyText } from '../copy-text.ts';
import type { Command } from './command.ts';
import { copiedRow } from './copied-row.ts';

/** Copies the image of a deployment or a revision; of several containers' images, the one that is chosen. */
export const copyImage: Command = {
  id: 'copyImage',
  doing: 'Copy the image',
  async run(surroundings, argument) {
    const row = await copiedRow(surroundings, argument, 'Copy Image');
    if (row === undefined) return;
    const images = [...new Set(row.images)];
    const image =
      images.length < 2
        ? images[0]
        : await vscode.window.showQuickPick(images, { title: `Copy Image: ${row.name}` });
    if (image !== undefined) await copyText(image);
    else if (images.length === 0) void vscode.window.showWarningMessage(`${row.name} has no image to copy.`);
  },
};
