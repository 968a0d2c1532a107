/**
 * Keeps what was made of a value that never changes for as long as the value lives: many rules ask the same question of
 * one machine. Nothing is seen of it but the time it saves.
 */
export const remembered = <Key extends object, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const known = new WeakMap<Key, { readonly made: Made }>();
  return (key) => {
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier.made;
    const made = make(key);
    known.set(key, { made });
    return made;
  };
};
