/**
 * Markdown as HTML that can hold nothing but what Markdown says (S9): tags of people are text, links lead to the web only and
 * tell nobody where they were pressed, and there are no pictures, since those would be fetched from elsewhere.
 */
import type { RendererRule } from 'markdown-it'

/** Our page has a title, and the section has one. */
const HEADINGS_BELOW = 2
const MAX_HEADING = 6
const WEB = /^(?:https?:|mailto:|#|\/(?!\/))/i
/** What `BLANK` becomes: it is to be seen. */
const BLANK = /<em>to be filled in<\/em>/g

export type RenderMarkdown = (text: string) => string

let made: Promise<RenderMarkdown> | undefined

/** Loaded when the first one is asked for. */
export const markdownRenderer = (): Promise<RenderMarkdown> => {
  made ??= create()
  return made
}

async function create(): Promise<RenderMarkdown> {
  const { default: MarkdownIt } = await import('markdown-it')
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false })
  md.disable('image')
  md.validateLink = url => WEB.test(url.trim())
  md.renderer.rules.link_open = (tokens, index, options, _, renderer) => {
    tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow')
    return renderer.renderToken(tokens, index, options)
  }
  md.renderer.rules.heading_open = lower
  md.renderer.rules.heading_close = lower
  return text => md.render(text).replaceAll(BLANK, '<mark class="blank">to be filled in</mark>')
}

const lower: RendererRule = (tokens, index, options, _, renderer) => {
  const token = tokens[index]
  if (token) token.tag = `h${Math.min(MAX_HEADING, Number(token.tag.slice(1)) + HEADINGS_BELOW)}`
  return renderer.renderToken(tokens, index, options)
}
