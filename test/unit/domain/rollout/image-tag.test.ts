import assert from 'node:assert/strict';
import { imageTag, imageTags } from '../../../../src/domain/rollout/image-tag.ts';

describe('image tags', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const tags: readonly (readonly [string, string])[] = [
    ['api:v1.4.2', 'v1.4.2'],
    ['registry:5000/team/api:v1.4.2', 'v1.4.2'],
    ['registry:5000/team/api', 'latest'],
    ['api', 'latest'],
    ['', 'latest'],
    [`api@${digest}`, '@sha256:0123456789ab'],
    [`registry:5000/api@${digest}`, '@sha256:0123456789ab'],
    [`registry:5000/api:v2@${digest}`, 'v2@sha256:0123456789ab'],
  ];
  for (const [image, tag] of tags)
    it(`finds ${tag} in ${image || 'nothing'}`, () => assert.equal(imageTag(image), tag));

  it('names each tag of several containers once, and counts those beyond three', () => {
    const images = (...all: string[]) => all.map((image) => ({ name: image, image }));
    assert.equal(imageTags(images('api:v2', 'migrate:v2', 'proxy:1.29')), 'v2, 1.29');
    assert.equal(imageTags(images('a:1', 'b:2', 'c:3', 'd:4', 'e:5')), '1, 2, 3 +2');
    assert.equal(imageTags([]), '');
  });
});
