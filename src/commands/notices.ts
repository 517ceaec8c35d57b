/** Puts the end of a harvest into a notice, and says on stderr which addresses could not be told. */
import { NianbaoError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { tell } from '../notify/notify.js';
import type { Notice } from '../notify/notify.js';
import { counted } from '../report/counted.js';
import type { MorningPage } from '../report/morning-files.js';
import { alarmSentence, sayIn } from '../report/morning-words.js';
import type { RunSummary } from '../report/run-summary.js';
import type { CommandContext } from './context.js';

/** How a harvest ended: with a run and its morning page, or with an error before it could. */
export type Ending =
  | { readonly kind: 'run'; readonly exitCode: ExitCode; readonly summary: RunSummary; readonly morning: MorningPage | null; readonly lines: readonly string[] }
  | { readonly kind: 'error'; readonly error: unknown };

function noticeOfRun({ exitCode, summary, morning, lines }: Extract<Ending, { kind: 'run' }>): Notice {
  const { run, counts } = summary;
  const say = sayIn('en');
  const raised = morning?.facts.alarms.raised ?? [];
  const alarms = raised.map((alarm) => ({ kind: alarm.kind, agency: alarm.agency, code: alarm.code, year: alarm.year, reportId: alarm.reportId, url: alarm.url, sentence: alarmSentence(alarm, say) }));
  const number = run?.runId ?? null;
  const subject = `nianbao run ${number ?? '?'}: ${raised.length > 0 ? `${counted(raised.length, 'new alarm')}, ` : ''}${counts.new} new, ${counts.changed} changed, ${counts.gone} gone${exitCode === 3 ? ', some portals failed' : exitCode === 130 ? ', stopped' : ''}`;
  const open = morning?.facts.alarms.open.length ?? null;
  return { subject, text: morning?.markdown ?? lines.join('\n'), html: morning?.html ?? null, data: { event: 'harvest-ended', exitCode, run, counts, alarms, openAlarms: open } };
}

function noticeOfError(error: unknown): Notice {
  const known = error instanceof NianbaoError ? { code: error.code, exitCode: error.exitCode } : { code: (error as { code?: string }).code ?? 'unexpected', exitCode: 1 };
  const message = error instanceof Error ? error.message : String(error);
  return { subject: `nianbao: the harvest failed (${known.code})`, text: `The harvest failed: ${message}`, html: null, data: { event: 'harvest-failed', ...known, message } };
}

/** A harvest has failed when some portals did, an alarm was raised, or it broke off. Another one at work (exit 4) and a stop by hand (130) are no failures. */
function isFailure(ending: Ending): boolean {
  if (ending.kind === 'run') return ending.exitCode === 3 || (ending.morning?.facts.alarms.raised.length ?? 0) > 0;
  return !(ending.error instanceof NianbaoError && ending.error.exitCode === 4);
}

/** Tells whom the settings name. Call without the writer's lock: retries may take minutes. Never throws. */
export async function sendNotices(context: CommandContext, ending: Ending): Promise<void> {
  const { onFailure, onFinish, from } = context.config.notify;
  const addresses = [...(isFailure(ending) ? onFailure : []), ...(ending.kind === 'run' || isFailure(ending) ? onFinish : [])];
  if (addresses.length === 0) return;
  const notice = ending.kind === 'run' ? noticeOfRun(ending) : noticeOfError(ending.error);
  const told = await tell(notice, { addresses, from, secrets: context.secrets ?? { smtpUrl: null, webhookToken: null }, signal: context.signal, ...(context.patience ? { patience: context.patience } : {}) });
  for (const { name, fault } of told) {
    if (fault === null) context.log.detail(`Told ${name}.`);
    else context.log.warn(`${name} could not be told how the harvest ended: ${fault}. The harvest itself is stored; "nianbao status" shows it.`);
  }
}
