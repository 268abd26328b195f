/** What is said of assemblies: many circles at once. */
export const assemblyEn = {
  "refusal.no-assembly": "No assembly is open here. Open one with “!circle assembly open”.",
  "refusal.assembly-running": "An assembly is open here already. Its keeper can end it with “!circle assembly end”.",
  "refusal.assembly-not-begun": "That can be done once it has begun.",
  "refusal.assembly-full": "The assembly is full: it can have {{most}} people.",
  "refusal.not-in-assembly": "You are not in the assembly. Write “!circle assembly join” to take part.",
  "refusal.already-in-assembly": "You are in the assembly already.",
  "refusal.no-such-ring": "There is no group {{number}} now.",
  "refusal.no-chair": "The empty chair is for those who listen to the delegates.",
  "refusal.chair-taken": "Somebody of your group has the empty chair now.",
  "refusal.no-delegate-here": "Nobody is being chosen to speak for your group now.",
  "refusal.no-topics-now": "No topics are being gathered now.",
  "refusal.too-many-topics": "There are {{most}} topics already; choose one of them.",
  "refusal.no-such-topic": "There is no topic {{topic}}.",
};
