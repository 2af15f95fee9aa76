import type { ContainerImage } from './records.ts';

const digestCharacters = 12;
const tagsShown = 3;

/**
 * The part of an image reference that tells one release from another: `v1.4.2` of `registry:5000/team/api:v1.4.2`,
 * `latest` where none is given, `@sha256:` and twelve characters for a digest, both where both are given.
 */
export function imageTag(image: string): string {
  const at = image.indexOf('@');
  const reference = at < 0 ? image : image.slice(0, at);
  // A colon before the last slash belongs to the registry's port.
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
  const tag = colon < 0 ? '' : reference.slice(colon + 1);
  if (at < 0) return tag === '' ? 'latest' : tag;
  return tag + shortDigest(image.slice(at + 1));
}

function shortDigest(digest: string): string {
  const colon = digest.indexOf(':');
  return `@${digest.slice(0, colon + 1)}${digest.slice(colon + 1, colon + 1 + digestCharacters)}`;
}

/** The tags of several containers for one row: each different tag once, at most three, then how many more. */
export function imageTags(images: readonly ContainerImage[]): string {
  const tags = [...new Set(images.map(({ image }) => imageTag(image)))];
  const shown = tags.slice(0, tagsShown).join(', ');
  return tags.length > tagsShown ? `${shown} +${tags.length - tagsShown}` : shown;
}
