/** What differs between objects made from one template; each is written in digits of a fixed width. */
export interface Numbers {
  readonly namespace: number;
  readonly deployment: number;
  readonly replicaSet: number;
  readonly pod: number;
  readonly version: number;
}

/** What stands in a template where a number comes: of the number's width, and in no other text. */
export const hole: Readonly<Record<keyof Numbers, string>> = {
  namespace: 'nnn',
  deployment: 'dddddd',
  replicaSet: 'rrrrrr',
  pod: 'pppppp',
  version: 'vvvvvvvvvv',
};

const zero = 0x30;

/** JSON of an object with holes: 100,000 objects a second are one copy and a few digits each. */
export class Template {
  readonly #bytes: Buffer;
  readonly #holes: readonly { readonly of: keyof Numbers; readonly last: number; readonly width: number }[];

  constructor(object: object) {
    this.#bytes = Buffer.from(JSON.stringify(object));
    this.#holes = (Object.keys(hole) as (keyof Numbers)[]).flatMap((of) =>
      placesOf(this.#bytes, hole[of]).map((at) => ({
        of,
        last: at + hole[of].length - 1,
        width: hole[of].length,
      })),
    );
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Writes the object with these numbers to `target` from `at` on; gives the place after it. */
  write(target: Buffer, at: number, numbers: Numbers): number {
    target.set(this.#bytes, at);
    for (const { of, last, width } of this.#holes) {
      let rest = numbers[of];
      for (let place = at + last; place > at + last - width; place -= 1) {
        target[place] = zero + (rest % 10);
        rest = Math.trunc(rest / 10);
      }
    }
    return at + this.#bytes.length;
  }
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + text.length)) places.push(at);
  return places;
}
