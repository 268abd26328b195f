import { config } from "zod";

// A page with a strict content security policy may not make functions from text: the schemas are told before they are
// made.
config({ jitless: true });
