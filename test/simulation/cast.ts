/** Everybody who is ever in the team, and where each is reached. */
import type { Provider } from './evidence.ts'
import type { Member } from './team.ts'

export const EVERYBODY: Readonly<Record<string, Member>> = {
  aiko: {
    name: 'Aiko Tanaka',
    chats: ['slack', 'discord'],
    contacts: ['phone'],
    notify: [
      { after: 0, by: 'chat' },
      { after: 60_000, by: 'sms' },
      { after: 120_000, by: 'voice', only: 'SEV1' },
    ],
  },
  ben: {
    name: 'Ben Okafor',
    chats: ['slack', 'discord'],
    contacts: ['email', 'ntfy'],
    notify: [
      { after: 0, by: 'email' },
      { after: 60_000, by: 'push' },
      { after: 180_000, by: 'chat' },
    ],
  },
  chika: {
    name: 'Chika Sato',
    chats: ['slack'],
    contacts: ['phone'],
    notify: [
      { after: 0, by: 'chat' },
      { after: 120_000, by: 'sms' },
    ],
    quiet: [23, 7],
  },
  diego: { name: 'Diego Ruiz', chats: ['discord'], contacts: [], notify: [{ after: 0, by: 'chat' }] },
  emi: {
    name: 'Emi Kato',
    chats: ['slack'],
    contacts: ['webhook'],
    notify: [
      { after: 0, by: 'webhook' },
      { after: 60_000, by: 'chat' },
    ],
  },
  farid: {
    name: 'Farid Haddad',
    chats: ['slack'],
    contacts: ['phone'],
    notify: [
      { after: 0, by: 'sms' },
      { after: 30_000, by: 'voice' },
      { after: 120_000, by: 'chat' },
    ],
  },
}

const NAMES = Object.keys(EVERYBODY)
/** A person's address on each provider. */
export const addressOf = (person: string, by: Provider): string => {
  const number = NAMES.indexOf(person) + 1
  switch (by) {
    case 'slack':
      return `U0${person.toUpperCase()}`
    case 'discord':
      return `10000000000000000${number}`
    case 'sms':
    case 'voice':
      return `+4915112345${number}00`
    case 'email':
      return `${person}@example.com`
    case 'push':
      return `${person}-pages`
    case 'webhook':
      return `https://hooks.example.com/${person}`
  }
}

/** Whose it is. */
export const whoHas = (address: string, by: Provider): string =>
  NAMES.find(person => addressOf(person, by) === address) ?? address
