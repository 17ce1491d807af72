/**
 * What is made of a thing, made once and then shared: nodes of one profile share most of what they inherit, and so
 * the compiled design holds it once.
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
