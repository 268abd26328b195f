/**
 * A page that stands for a Matrix client: it shows the widget in a frame over all of the window and answers the few
 * things that the widget asks of its client. `?refuse` says no to the question who the person is.
 */
export const FRAME = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A client</title>
<style>html,body,iframe{margin:0;height:100%;width:100%;border:0;display:block;overflow:hidden}</style></head>
<body><iframe title="widget" allow="microphone; camera; autoplay"></iframe><script>
const asked = new URLSearchParams(location.search);
const room = '!' + (asked.get('state') ?? 'others-turn') + '.' + (asked.get('people') ?? '7');
const frame = document.querySelector('iframe');
const behind = new URLSearchParams({ widgetId: 'w1', userId: '@me:example.org', roomId: room, theme: asked.get('theme') ?? 'light', lang: asked.get('lang') ?? 'en', parentUrl: location.href });
frame.src = './widget/#' + behind;
const tell = (action, data) => frame.contentWindow.postMessage({ api: 'toWidget', widgetId: 'w1', requestId: action + Math.random(), action, data }, location.origin);
window.tellWidget = tell;
const ANSWERS = {
  supported_api_versions: () => ({ supported_versions: ['0.0.1', '0.0.2', 'org.matrix.msc2762', 'org.matrix.msc2876'] }),
  get_openid: () => asked.has('refuse') ? { state: 'blocked' } : { state: 'allowed', access_token: 'token', matrix_server_name: 'example.org', token_type: 'Bearer', expires_in: 3600 },
  'org.matrix.msc2876.read_events': () => ({ events: [] }),
};
let greeted = false;
addEventListener('message', (event) => {
  const message = event.data;
  if (event.source !== frame.contentWindow || message?.api !== 'fromWidget' || message.response) return;
  (window.asked ??= []).push(message.action);
  frame.contentWindow.postMessage({ ...message, response: ANSWERS[message.action]?.() ?? {} }, location.origin);
  if (message.action === 'content_loaded' && !greeted) { greeted = true; tell('capabilities', {}); setTimeout(() => tell('notify_capabilities', { requested: [], approved: ['org.matrix.msc2762.receive.state_event:org.mindminder.meeting#'] }), 30); }
});
</script></body></html>`;
