import { bundleExtension } from './bundle/bundle-extension.ts';

/** `npm run build [-- --production]`: makes dist/ and says what is in it. */
const files = await bundleExtension({ production: process.argv.includes('--production') });
for (const { name, bytes } of files)
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB  dist/${name}`);
