/** Something wrong in a file that somebody wrote, and what to do about it. */
export type BadInput = { readonly file: string; readonly problem: string; readonly remedy: string };
