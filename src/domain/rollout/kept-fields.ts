/** What is kept of a JSON object, or of each object of a list: by member, `true` for all of its value. */
export interface Fields {
  readonly [name: string]: true | Fields;
}

/**
 * An API type of which only these fields are kept: a record that reads another one does not compile. Of maps from string
 * to string (labels, annotations) the type does not tell which keys are kept.
 */
export type Kept<T, F> = F extends true
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Kept<Item, F>[]
    : T extends object
      ? string extends keyof T
        ? T
        : {
            [Key in keyof T as Key extends keyof F ? Key : never]: Key extends keyof F
              ? Kept<T[Key], F[Key]>
              : never;
          }
      : T;
