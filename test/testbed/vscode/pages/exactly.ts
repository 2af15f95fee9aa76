/** A pattern for an element's whole text, blanks around it aside. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}\\s*$`);
}
