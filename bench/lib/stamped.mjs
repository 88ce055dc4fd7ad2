// One assembly, many versions: a text in it that ends in 00000000 counts up.

/** A copy of the assembly with `word`-00000000 replaced by another number. */
export function stamped(assembly, word, number) {
  const copy = Buffer.from(assembly);
  const at = copy.indexOf(Buffer.from(`${word}-00000000`, "utf16le"));
  if (at < 0) throw new Error(`the plugin has no ${word}-00000000 to replace.`);
  copy.write(`${word}-${String(number).padStart(8, "0")}`, at, "utf16le");
  return copy;
}
