/** `npm run test:long`: tests that try more, and longer. */
export const LONG = process.env["MINDMINDER_LONG"] === "1";
