import type { Fields } from '../../domain/rollout/kept-fields.ts';
import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  nameEnd,
  odd,
  openBrace,
  openBracket,
  skipSpace,
  skipValue,
} from './json-bytes.ts';

/** Fewer bytes than this are copied faster by a loop than by a call. */
const callBytes = 48;
/** A list of more bytes than this is worth two searches. */
const longBytes = 256;

/** The name of a member that is kept, as it stands in the text, and what of its value; all where undefined. */
interface Member {
  readonly name: Buffer;
  readonly kept: Members | undefined;
}

/** Members by the length of their names. */
type Members = readonly (readonly Member[] | undefined)[];

/**
 * Parses JSON (UTF-8) of which only some fields are wanted: the others are passed over as bytes, which is three times
 * as fast as to parse them, and makes nothing that has to be cleared away. What is kept goes through JSON.parse. So does
 * the whole text where something about it is odd, which then throws what JSON.parse throws.
 */
export class JsonFields {
  readonly #members: Members;
  #json: Buffer = Buffer.alloc(0);
  /** The text of what is kept, as far as `#length`; used again and again. */
  #text = Buffer.alloc(0);
  #length = 0;
  /** Whether the end of a list was taken on trust. */
  #jumped = false;

  constructor(fields: Fields) {
    this.#members = membersOf(fields);
  }

  /**
   * The value with the fields that are wanted; with more where a name is written with escapes, say. What is passed over must
   * end where it should and have whole strings; what stands between is not looked at. Throws SyntaxError.
   */
  parse(json: Buffer): unknown {
    this.#json = json;
    this.#length = 0;
    this.#jumped = false;
    if (this.#text.length < json.length) this.#text = Buffer.allocUnsafeSlow(2 * json.length);
    const end = this.#keep(skipSpace(json, 0), this.#members);
    const plain = end !== odd && skipSpace(json, end) === json.length;
    return JSON.parse(plain ? this.#text.toString('utf8', 0, this.#length) : json.toString('utf8'));
  }

  /** Keeps what is wanted of the value that begins at `at`; gives the place after it, or `odd`. */
  #keep(at: number, members: Members): number {
    if (this.#json[at] === openBrace) return this.#keepObject(at, members);
    return this.#json[at] === openBracket ? this.#keepList(at, members) : this.#copyValue(at, at);
  }

  #keepObject(at: number, members: Members): number {
    const json = this.#json;
    this.#put(openBrace);
    let some = false;
    let place = skipSpace(json, at + 1);
    if (json[place] !== closeBrace)
      for (;;) {
        const end = nameEnd(json, place);
        if (end === odd) return odd;
        const separator = skipSpace(json, end);
        if (json[separator] !== colon) return odd;
        const value = skipSpace(json, separator + 1);
        const member = memberOf(json, place, end, members);
        let next: number;
        if (member === undefined) next = this.#passOver(value);
        else {
          if (some) this.#put(comma);
          some = true;
          if (member.kept === undefined) next = this.#copyValue(place, value);
          else {
            this.#copy(place, value);
            next = this.#keep(value, member.kept);
          }
        }
        if (next === odd) return odd;
        place = skipSpace(json, next);
        if (json[place] === closeBrace) break;
        if (json[place] !== comma) return odd;
        place = skipSpace(json, place + 1);
      }
    this.#put(closeBrace);
    return place + 1;
  }

  #keepList(at: number, members: Members): number {
    const json = this.#json;
    this.#put(openBracket);
    let place = skipSpace(json, at + 1);
    if (json[place] !== closeBracket)
      for (;;) {
        const next = this.#keep(place, members);
        if (next === odd) return odd;
        place = skipSpace(json, next);
        if (json[place] === closeBracket) break;
        if (json[place] !== comma) return odd;
        this.#put(comma);
        place = skipSpace(json, place + 1);
      }
    this.#put(closeBracket);
    return place + 1;
  }

  /**
   * The place after a value that is not wanted. The end of the first long list, which is managedFields, is found natively,
   * where there are no lists in it: much faster than by looking at each byte, and about half of an object. It is its first
   * `]`, unless that stands in a string. Then what follows begins within that string: where a string has an escape in it, a
   * backslash now stands outside of all strings; else the number of quotes is odd, so that a string does not end. Both are
   * odd, so that the wrong end is always noticed; of two, one might make good the other.
   */
  #passOver(at: number): number {
    const json = this.#json;
    if (json[at] === openBracket && !this.#jumped) {
      const end = json.indexOf(closeBracket, at);
      const inner = json.indexOf(openBracket, at + 1);
      if (end - at > longBytes && (inner === -1 || inner > end)) {
        this.#jumped = true;
        return end + 1;
      }
    }
    return skipValue(json, at);
  }

  /** Keeps what begins at `from`, as far as the end of the value at `at`. */
  #copyValue(from: number, at: number): number {
    const end = skipValue(this.#json, at);
    if (end !== odd) this.#copy(from, end);
    return end;
  }

  #put(byte: number): void {
    this.#text[this.#length++] = byte;
  }

  #copy(from: number, to: number): void {
    const json = this.#json;
    const text = this.#text;
    let length = this.#length;
    if (to - from >= callBytes) length += json.copy(text, length, from, to);
    else for (let at = from; at < to; at += 1) text[length++] = json[at] ?? 0;
    this.#length = length;
  }
}

function membersOf(fields: Fields): Members {
  const members: Member[][] = [];
  for (const [text, kept] of Object.entries(fields)) {
    const name = Buffer.from(text);
    (members[name.length] ??= []).push({ name, kept: kept === true ? undefined : membersOf(kept) });
  }
  return members;
}

/** The member whose name, with its quotes, stands between the two places; undefined where it is not kept. */
function memberOf(json: Buffer, begin: number, end: number, members: Members): Member | undefined {
  const candidates = members[end - begin - 2];
  if (candidates !== undefined)
    for (const member of candidates) if (isAt(json, begin + 1, member.name)) return member;
  return undefined;
}

function isAt(json: Buffer, begin: number, name: Buffer): boolean {
  for (let at = 0; at < name.length; at += 1) if (json[begin + at] !== name[at]) return false;
  return true;
}
