import { existsSync } from "node:fs";
import { join } from "node:path";
import { WIDGET_FOLDER } from "../../http/widget-folder.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import { ask } from "../ask.ts";
import type { DoctorLook, Patient } from "../look.ts";

export const widget: DoctorLook = {
  title: "Widget",
  async look(patient) {
    if (!existsSync(join(WIDGET_FOLDER, "index.html")))
      return [problem("The widget is not built.", "Run “npm run build”.")];
    return [secure(patient), await page(patient)];
  },
};

function secure({ config }: Patient): Finding {
  const { protocol, hostname } = new URL(config.service.publicUrl);
  if (protocol === "https:") return inOrder("People reach the widget over https.");
  if (["127.0.0.1", "localhost", "[::1]"].includes(hostname))
    return warning(
      "The widget is reached on this machine alone.",
      "For others, put a proxy with TLS in front and set service.publicUrl.",
    );
  return problem(
    "The widget is not reached over https: browsers give it no microphone.",
    "Put a proxy with TLS in front and set service.publicUrl to its address.",
  );
}

async function page({ config, own }: Patient): Promise<Finding> {
  const address = `${config.service.publicUrl}/widget/`;
  if (own.kind === "port-taken")
    return notLookedAt("Whether the widget can be opened cannot be seen while the service's port is taken.");
  const answer = await ask(address).catch((error: unknown) => reasonOf(error));
  if (typeof answer === "string")
    return problem(`Nothing answers at ${address} (${answer}).`, "Mend service.publicUrl, or the proxy in front.");
  const policy = answer.headers.get("content-security-policy") ?? "";
  const ours = /frame-ancestors ([^;]*)/.exec(policy)?.[1];
  if (!answer.ok || !ours || !(await answer.text()).includes("Mindminder")) {
    return problem(
      `What answers at ${address} is not the widget (status ${answer.status}).`,
      `Let the proxy pass everything below service.publicUrl on to ${config.service.bind}:${config.service.port}, headers included.`,
    );
  }
  const forbids = answer.headers.get("x-frame-options");
  if (forbids)
    return problem(
      `The proxy adds X-Frame-Options: ${forbids}, so no Matrix client may show the widget.`,
      "Let it not add that header for this address; frame-ancestors says who may.",
    );
  return inOrder(`The widget stands at ${address}, and may be shown by ${ours}.`);
}
