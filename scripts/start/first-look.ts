import { join } from 'node:path';

/**
 * The folder of a small extension that `npm start` installs beside ours: VS Code has no setting for the side bar's
 * first view, so it shows the Rollback container and the page that says what to try.
 */
export const firstLook = join(import.meta.dirname, 'first-look');
