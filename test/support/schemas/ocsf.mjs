/**
 * Makes `ocsf-1.8.0-detection-finding.schema.json` from the files of OCSF's schema (https://github.com/ocsf/ocsf-schema, at the tag
 * of the version): the class Detection Finding with the profile Cloud, and every object that it can hold, as a JSON Schema.
 *
 *     node test/support/schemas/ocsf.mjs FOLDER > test/support/schemas/ocsf-1.8.0-detection-finding.schema.json
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [root] = process.argv.slice(2);
const PROFILES = ['cloud'];
const CLASS_UID = 2004;

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const dictionary = read('dictionary.json');
const { version } = read('version.json');

/** By name: each file of a folder, of all its folders. */
const filesIn = (folder) =>
  new Map(
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => name.endsWith('.json'))
      .map((name) => read(join(folder, name)))
      .map((file) => [file.name, file]),
  );
const objects = filesIn('objects');
const classes = filesIn('events');

/** The attributes of a file and of what it extends, without those of other profiles. */
function attributesOf(file, all) {
  const inherited = file.extends === undefined ? {} : attributesOf(all.get(file.extends), all);
  const { $include = [], ...own } = file.attributes ?? {};
  const merged = { ...inherited };
  const add = (attributes, profile) => {
    for (const [name, attribute] of Object.entries(attributes)) {
      const of = attribute.profile === undefined ? profile : attribute.profile;
      if (typeof of === 'string' && !PROFILES.includes(of)) continue;
      merged[name] = { ...merged[name], ...attribute };
    }
  };
  for (const path of [$include].flat()) {
    const profile = read(path);
    add(profile.attributes, profile.name);
  }
  add(own);
  return merged;
}

function constraintsOf(file, all) {
  return file.constraints ?? (file.extends && constraintsOf(all.get(file.extends), all)) ?? {};
}

const SCALARS = {
  string_t: { type: 'string' },
  integer_t: { type: 'integer' },
  long_t: { type: 'integer' },
  float_t: { type: 'number' },
  boolean_t: { type: 'boolean' },
  json_t: {},
};

/** A type of the dictionary, which may narrow another. */
function scalar(name) {
  const known = SCALARS[name];
  if (known) return known;
  const { type, regex, max_len, range, values } = dictionary.types.attributes[name];
  return {
    ...scalar(type),
    ...(regex && { pattern: regex }),
    ...(max_len && { maxLength: max_len }),
    ...(range && { minimum: range[0], maximum: range[1] }),
    ...(values && { enum: values }),
  };
}

const wanted = new Set();

function schemaOf(name, attribute) {
  const { type, is_array, ...shared } = { ...dictionary.attributes[name], ...attribute };
  const values = { ...dictionary.attributes[name].enum, ...attribute.enum };
  let one;
  if (type === 'object') one = { type: 'object' };
  else if (type.endsWith('_t')) one = scalar(type);
  else {
    wanted.add(type);
    one = { $ref: `#/definitions/${type}` };
  }
  if (shared.enum !== undefined || dictionary.attributes[name].enum !== undefined)
    one = { ...one, enum: Object.keys(values).map((key) => (one.type === 'string' ? key : Number(key))) };
  return is_array ? { type: 'array', items: one } : one;
}

function structure(file, all) {
  const attributes = attributesOf(file, all);
  const names = Object.keys(attributes).toSorted();
  const required = names.filter((name) => attributes[name].requirement === 'required');
  const { at_least_one, just_one } = constraintsOf(file, all);
  const anyOf = at_least_one?.map((name) => ({ required: [name] }));
  const oneOf = just_one?.map((name) => ({ required: [name] }));
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(anyOf && { anyOf }),
    ...(oneOf && { oneOf }),
    properties: Object.fromEntries(names.map((name) => [name, schemaOf(name, attributes[name])])),
  };
}

/** The kinds of observables are the numbers that types, attributes and objects of the schema give themselves. */
function observableKinds() {
  const numbered = [
    ...Object.values(dictionary.types.attributes),
    ...Object.values(dictionary.attributes),
    ...[...objects.values()].flatMap((object) => [object, ...Object.values(object.attributes ?? {})]),
  ];
  return numbered.flatMap(({ observable }) => observable ?? []);
}

const finding = structure(classes.get('detection_finding'), classes);
finding.properties.class_uid = { const: CLASS_UID };
finding.properties.category_uid = { const: 2 };
finding.properties.type_uid = {
  enum: finding.properties.activity_id.enum.map((activity) => CLASS_UID * 100 + activity),
};
const definitions = {};
for (const name of wanted)
  if (definitions[name] === undefined) definitions[name] = structure(objects.get(name), objects);

const { type_id } = definitions.observable.properties;
type_id.enum = [...new Set([...type_id.enum, ...observableKinds()])].toSorted((a, b) => a - b);

// An object is a line, so that a change of the version can be read.
const lines = Object.keys(definitions)
  .toSorted()
  .map((name) => `${JSON.stringify(name)}:${JSON.stringify(definitions[name])}`);
const head = {
  title: `OCSF ${version}, Detection Finding, profiles: ${PROFILES.join(', ')}`,
  $comment:
    'Made by ocsf.mjs from https://github.com/ocsf/ocsf-schema, which is under the Apache License 2.0: Copyright OCSF a Series of LF Projects, LLC',
  ...finding,
};
process.stdout.write(
  `${JSON.stringify(head).slice(0, -1)},\n"definitions":{\n${lines.join(',\n')}\n}}\n`,
);
