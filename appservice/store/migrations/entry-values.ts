/** SQL for the value of a journal entry's key, if the entry can be read at all; indexed. */
export const inEntry = (key: string) => `CASE WHEN json_valid(body) THEN json_extract(body, '$.${key}') END`;
export const TYPED_MESSAGE = inEntry("comment.id");
export const TYPED_EDIT = inEntry("edit");
export const TYPED_COMMAND = inEntry("message");
export const TYPE_OF_ENTRY = inEntry("type");
