/** The words that every phone's owner may answer with, whoever sent the message. */
export const CONTACT_ACTS = {
  STOP: { command: 'stop_contact', answer: undefined },
  STOPALL: { command: 'stop_contact', answer: undefined },
  UNSUBSCRIBE: { command: 'stop_contact', answer: undefined },
  CANCEL: { command: 'stop_contact', answer: undefined },
  END: { command: 'stop_contact', answer: undefined },
  QUIT: { command: 'stop_contact', answer: undefined },
  START: { command: 'start_contact', answer: 'Tocsin may page you here again. STOP ends it.' },
  UNSTOP: { command: 'start_contact', answer: 'Tocsin may page you here again. STOP ends it.' },
  HELP: {
    command: undefined,
    answer:
      'Tocsin pages you when something is broken. ACK and its code: you have it. ESC: the next person. STOP: no more.',
  },
} as const

export type ContactAct = keyof typeof CONTACT_ACTS
