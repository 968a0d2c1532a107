/**
 * An object without the fields that are undefined: with exactOptionalPropertyTypes "not written" is an absent field.
 */
export type Dropped<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

export const drop = <T extends object>(fields: T): Dropped<T> => {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key];
  return fields;
};
