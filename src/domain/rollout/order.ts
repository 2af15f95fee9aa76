/** Orders text by code unit, as Go does for the ASCII of names and times; never by the person's locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Orders numbers, infinite ones too. */
export function byNumber(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
