/** `npm run package`: makes kubernetes-rollback-<version>.vsix. */
import { statSync } from 'node:fs';
import { packageExtension, packageFile } from './package/package-extension.ts';

const file = packageFile();
await packageExtension(file);
console.log(`${file}: ${Math.round(statSync(file).size / 1024)} KiB`);
