// Checks what comes from users whose types nothing has checked, and says which part of it is wrong.

/** What a value must be. */
export interface Shape {
  /** As in "must be …". */
  expected: string;
  fits(value: unknown): boolean;
  isRequired?: boolean;
  /** A value that must not appear in an error. */
  isSecret?: boolean;
  /** Those of an object. It must have no others. */
  members?: Readonly<Record<string, Shape>>;
  /** Each of an array. */
  items?: Shape;
}

export const text: Shape = {
  expected: "a string that is not empty",
  fits: (value) => typeof value === "string" && value !== "",
};
export const flag: Shape = { expected: "true or false", fits: (value) => typeof value === "boolean" };

export const numberThat = (expected: string, fits: (value: number) => boolean): Shape => ({
  expected,
  fits: (value) => typeof value === "number" && fits(value),
});

export const listOf = (items: Shape): Shape => ({ expected: "an array", fits: Array.isArray, items });

export const record = (members: Readonly<Record<string, Shape>>): Shape => ({
  expected: "an object",
  fits: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  members,
});

export const required = (shape: Shape): Shape => ({ ...shape, isRequired: true });

/**
 * Throws a `TypeError` that names what does not fit, as in `option "disks[0].id" must be …`.
 *
 * @param prefix Stands before the names of members in errors.
 */
export function checkMembers(
  owner: string,
  value: object,
  members: Readonly<Record<string, Shape>>,
  prefix = "",
): void {
  refuseStrangers(owner, value, Object.keys(members));
  const found = value as Record<string, unknown>;
  for (const [name, shape] of Object.entries(members)) check(prefix + name, found[name], shape);
}

export function refuseStrangers(owner: string, value: object, known: readonly string[]): void {
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger) throw new TypeError(`${owner} has no "${stranger}", only ${known.join(", ")}`);
}

/** A value in an error. A string is quoted, so that `"2"` is not taken for 2. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function check(place: string, value: unknown, shape: Shape): void {
  const { expected, fits, isRequired, isSecret, members, items } = shape;
  if (value === undefined && !isRequired) return;
  if (!fits(value)) {
    const found = isSecret ? kindOf(value) : shown(value);
    throw new TypeError(`option "${place}" must be ${expected}, got ${found}`);
  }
  if (members) checkMembers(`option "${place}"`, value as object, members, `${place}.`);
  if (items)
    for (const [index, item] of (value as unknown[]).entries()) check(`${place}[${index}]`, item, items);
}
