/** The JSON API described for machines (OpenAPI 3.1): what is asked, what is answered, and that a bearer token opens it. */

type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly about: string
}

const format: Parameter = { name: 'format', in: 'query', required: false, about: 'md: as Markdown' }
const id: Parameter = { name: 'id', in: 'path', required: true, about: 'the incident, such as INC-42' }

const PATHS: Readonly<Record<string, { readonly about: string; readonly parameters: readonly Parameter[] }>> =
  {
    '/api/v1/incidents': {
      about: 'Incidents, the newest first, a hundred at a time; `next` goes into `before`.',
      parameters: [
        { name: 'open', in: 'query', required: false, about: 'true or false' },
        { name: 'before', in: 'query', required: false, about: 'only numbers below it' },
      ],
    },
    '/api/v1/incidents/{id}': { about: 'One incident as lists show it.', parameters: [id] },
    '/api/v1/incidents/{id}/timeline': {
      about: 'Everything that happened, every alert and every change, by when it happened.',
      parameters: [id, format],
    },
    '/api/v1/incidents/{id}/investigation': {
      about: 'What may have caused it, what the sources saw, and how it stands with each of them.',
      parameters: [id],
    },
    '/api/v1/incidents/{id}/postmortem': {
      about: 'The post-mortem: its figures and its sections.',
      parameters: [id, format],
    },
    '/api/v1/oncall': { about: 'Who is on call now on each schedule, and until when.', parameters: [] },
    '/api/v1/patterns': {
      about:
        'What incidents have in common: hours, weekdays, services, root causes, deployments; and what to improve.',
      parameters: [
        { name: 'from', in: 'query', required: false, about: 'a date on the team clock, or an instant' },
        { name: 'to', in: 'query', required: false, about: 'the same; a date counts in full; left out, now' },
        { name: 'service', in: 'query', required: false, about: 'only its incidents' },
      ],
    },
    '/api/v1/actions': { about: 'All action items, and how many of each kind there are.', parameters: [] },
  }

const answer = (description: string) => ({ description })

export const openapi = (version: string) => ({
  openapi: '3.1.0',
  info: { title: 'Tocsin', version },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  security: [{ bearer: [] }],
  paths: Object.fromEntries(
    Object.entries(PATHS).map(([path, { about, parameters }]) => [
      path,
      {
        get: {
          summary: about,
          parameters: parameters.map(({ about: description, ...rest }) => ({
            ...rest,
            description,
            schema: { type: 'string' },
          })),
          responses: {
            200: { description: about, content: { 'application/json': { schema: { type: 'object' } } } },
            401: answer('A bearer token is needed.'),
            ...(path === '/api/v1/patterns' ? { 400: answer('The range or the service is none.') } : {}),
            ...(parameters.some(each => each.in === 'path')
              ? { 404: answer('There is no such incident.') }
              : {}),
          },
        },
      },
    ]),
  ),
})
