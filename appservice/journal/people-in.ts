import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import { TYPE_OF_ENTRY } from "../store/migrations/entry-values.ts";

/** Events that name somebody who sat in a meeting, or typed while it ran. */
const NAMING = `SELECT json_extract(body, '$.who') AS who FROM events INDEXED BY events_by_type
  WHERE meeting = @meeting AND kind = 'circle' AND ${TYPE_OF_ENTRY} IN ('person-joined', 'agreement-sought')
  UNION SELECT json_extract(body, '$.comment.who') FROM events INDEXED BY events_by_type
  WHERE meeting = @meeting AND kind = 'record' AND ${TYPE_OF_ENTRY} = 'comment-made'
  UNION SELECT json_extract(body, '$.utterance.speaker') FROM events INDEXED BY events_by_type
  WHERE meeting = @meeting AND kind = 'record' AND ${TYPE_OF_ENTRY} = 'utterance-heard'
  UNION SELECT json_extract(person.value, '$.id') FROM events INDEXED BY events_by_type, json_each(body, '$.snapshot.people') AS person
  WHERE meeting = @meeting AND kind = 'circle' AND ${TYPE_OF_ENTRY} = 'meeting-taken-up'`;

/** People who may have given words to a meeting. */
export function peopleIn(db: Database.Database, meeting: MeetingId): ParticipantId[] {
  const found = db.prepare(NAMING).pluck().all({ meeting }) as (ParticipantId | null)[];
  return found.filter((who) => who !== null);
}
