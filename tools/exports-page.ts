import { FORMATS } from "../appservice/export/file-formats.ts";
import { formatsOf } from "../appservice/protocol/format-list.ts";

/** `docs/exports.md`: every format in which something can be taken along. */
export function exportsPage(): string {
  return `# Taking the record along

In the widget **Export**, and the map's own buttons, save a file; on the machine of the service \`npx --no mindminder export\` lists all
meetings, and \`npx --no mindminder export MEETING --format FORMAT --out FILE\` writes one. Programs ask the
[HTTP API](http-api.md). Words are in the language of the meeting. This page is made from the formats: \`npm run generate\`.

## The record of a meeting

${table(formatsOf("record"))}

## Its map

The map of a meeting ([graph](graph.md)) can be had in these formats, too; with \`--room ROOM\` in place of a meeting it is one of all
meetings of the room.

${table(formatsOf("graph"))}

As a picture, of one meeting:

${table(formatsOf("picture"))}

## Adding a format

A file in \`appservice/export/record/\`, named for the format, whose default export is a \`RecordFormat\` or a \`GraphFormat\`
(\`appservice/export/file-format.ts\`); a line in \`appservice/protocol/format-list.ts\`, with the name on its button; a test. The command
line, the HTTP API with its description, the widget's buttons and this page follow from that.
`;
}

function table(names: readonly (keyof typeof FORMATS)[]): string {
  const rows = names.map((name) => `| \`${name}\` | .${FORMATS[name].extension} | ${FORMATS[name].about} |`);
  return ["| format | file | what for |", "|---|---|---|", ...rows].join("\n");
}
