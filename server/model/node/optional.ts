/**
 * Objects of which some fields may not be written. The types call these fields optional, so that nobody has to name them;
 * here they are there and undefined, because objects of one shape are read several times as fast as those that each have
 * other fields: a large configuration has ten thousand of them, and hundreds of rules read each.
 */
export type Optional<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

export const optional = <T extends object>(fields: T): Optional<T> => fields;
