/**
 * The functions of lodash that Chevrotain calls, as far as it calls them: lists, plain objects, functions as what is done with each
 * of their values. lodash's own, and those of libraries in its place, also take paths and patterns, which is most of their size.
 */
const { isArray } = Array;
const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const keys = (of) => Object.keys(of ?? {});
const values = (of) => (isArray(of) ? of : Object.values(of ?? {}));
const same = (value) => value;
/** With the place or the key, as lodash hands them over. */
const each = (of, visit) =>
  isArray(of) ? of.forEach((value, index) => visit(value, index)) : keys(of).forEach((key) => visit(of[key], key));

export { isArray, keys, values };
export const assign = Object.assign;
export const clone = (of) => (isArray(of) ? [...of] : { ...of });
export const compact = (list) => list.filter(Boolean);
export const defaults = (of, more) =>
  Object.assign(of, { ...more, ...Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) });
export const difference = (list, others) => list.filter((value) => !others.includes(value));
export const drop = (list, count = 1) => list.slice(count);
export const dropRight = (list, count = 1) => list.slice(0, Math.max(0, list.length - count));
export const every = (of, test) => values(of).every(test);
export const filter = (of, test) => values(of).filter(test);
export const find = (of, test) => values(of).find(test);
export const first = (list) => list?.[0];
export const flatMap = (of, visit) => values(of).flatMap(visit);
export const flatten = (list) => list.flat();
export const forEach = (of, visit) => (each(of, visit), of);
export const groupBy = (of, name) =>
  values(of).reduce((groups, value) => {
    const key = name(value);
    return { ...groups, [key]: [...(groups[key] ?? []), value] };
  }, {});
export const has = (of, key) => own(of ?? {}, key);
export const identity = same;
export const includes = (of, value, from) => (typeof of === "string" ? of.includes(value, from) : values(of).includes(value, from));
export const indexOf = (list, value) => list.indexOf(value);
export const isEmpty = (of) => (isArray(of) || typeof of === "string" ? of.length : keys(of).length) === 0;
export const isFunction = (value) => typeof value === "function";
export const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
export const isRegExp = (value) => value instanceof RegExp;
export const isString = (value) => typeof value === "string";
export const isUndefined = (value) => value === undefined;
export const last = (list) => list?.at(-1);
export const map = (of, visit) => {
  const made = [];
  each(of, (value, key) => made.push(visit(value, key)));
  return made;
};
export const noop = () => {};
export const pickBy = (of, test) => Object.fromEntries(Object.entries(of).filter(([key, value]) => test(value, key)));
export const reduce = (of, join, start) => {
  let made = start;
  each(of, (value, key) => (made = join(made, value, key)));
  return made;
};
export const reject = (of, test) => values(of).filter((value) => !test(value));
export const some = (of, test) => values(of).some(test ?? same);
export const uniq = (list) => [...new Set(list)];
export const upperFirst = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
