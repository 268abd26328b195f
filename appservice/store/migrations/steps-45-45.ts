export const STEPS_45_45: readonly string[] = [
  `
  -- Words in the journals of assemblies are sealed as those of meetings are, in \`sealed_words\` under the assembly's id.
  ALTER TABLE assembly_events ADD COLUMN words TEXT;

  -- Assemblies from before, in whose events words stand as they were given until they are sealed.
  CREATE TABLE unsealed_assemblies (
    assembly TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  INSERT INTO unsealed_assemblies (assembly) SELECT id FROM assemblies;
  `,
];
