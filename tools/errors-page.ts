import { ERRORS } from "../appservice/protocol/error-list.ts";

/** `docs/errors.md`: what an admin does about each code in the log. */
export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { remedy, retryable }]) => `| \`${code}\` | ${remedy} | ${retryable ? "yes" : "no"} |`,
  );
  return `# Errors by their code

A line of the log that tells of an error of ours has its \`code\` and its \`remedy\`; the same codes stand here. “Passes” are those that
may be over in a moment without anybody doing anything: the service tries again by itself. This page is made from
\`appservice/protocol/error-list.ts\`: \`npm run generate\`.

| code | what to do | passes |
|---|---|---|
${rows.join("\n")}
`;
}
