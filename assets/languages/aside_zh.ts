<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
 <context>
  <name>aside</name>
  <message>
   <source>Push to talk</source>
   <translation>按住说话</translation>
  </message>
  <message>
   <source>Open the microphone while the key is held.</source>
   <translation>按住按键时打开麦克风。</translation>
  </message>
  <message>
   <source>Everything is paused: go on first.</source>
   <translation>一切都已暂停：请先继续。</translation>
  </message>
  <message>
   <source>Mute the microphone</source>
   <translation>麦克风静音</translation>
  </message>
  <message>
   <source>Close the microphone, or open it again.</source>
   <translation>关闭麦克风，或重新打开。</translation>
  </message>
  <message>
   <source>Hear what the computer plays</source>
   <translation>听电脑播放的声音</translation>
  </message>
  <message>
   <source>Hear calls and films beside the microphone, or stop.</source>
   <translation>在麦克风之外听通话和影片，或停止。</translation>
  </message>
  <message>
   <source>Be quiet now</source>
   <translation>马上安静</translation>
  </message>
  <message>
   <source>Silence what Aside is saying.</source>
   <translation>让 Aside 停止正在说的话。</translation>
  </message>
  <message>
   <source>Quiet mode</source>
   <translation>安静模式</translation>
  </message>
  <message>
   <source>Write instead of speaking, or speak again.</source>
   <translation>用文字代替说话，或恢复说话。</translation>
  </message>
  <message>
   <source>Answer whatever is said</source>
   <translation>回答所有的话</translation>
  </message>
  <message>
   <source>Take all that is said as said to Aside, or only what is.</source>
   <translation>把听到的话都当作对 Aside 说的，或只听对它说的话。</translation>
  </message>
  <message>
   <source>Pause everything</source>
   <translation>全部暂停</translation>
  </message>
  <message>
   <source>Hear, see and say nothing until you go on.</source>
   <translation>在你继续之前，不听、不看、不说。</translation>
  </message>
  <message>
   <source>Stop everything at once</source>
   <translation>立即停止一切</translation>
  </message>
  <message>
   <source>Stop all capture, all tools and the voice, now.</source>
   <translation>立即停止所有采集、所有工具和语音。</translation>
  </message>
  <message>
   <source>Share the screen</source>
   <translation>共享屏幕</translation>
  </message>
  <message>
   <source>Show Aside the whole screen, or stop.</source>
   <translation>让 Aside 看到整个屏幕，或停止共享。</translation>
  </message>
  <message>
   <source>Pictures are switched off in the settings, under Eyes.</source>
   <translation>画面已在设置的“视觉”中关闭。</translation>
  </message>
  <message>
   <source>The screen cannot be shared: nothing here can capture it.</source>
   <translation>无法共享屏幕：这里没有能采集屏幕的方式。</translation>
  </message>
  <message>
   <source>Share a monitor</source>
   <translation>共享一个显示器</translation>
  </message>
  <message>
   <source>Show Aside one monitor, or stop.</source>
   <translation>向 Aside 展示一个显示器，或停止。</translation>
  </message>
  <message>
   <source>Share a region</source>
   <translation>共享区域</translation>
  </message>
  <message>
   <source>Show Aside a part of the screen, or stop.</source>
   <translation>让 Aside 看到屏幕的一部分，或停止共享。</translation>
  </message>
  <message>
   <source>Share a window</source>
   <translation>共享窗口</translation>
  </message>
  <message>
   <source>Show Aside one window, or stop.</source>
   <translation>让 Aside 看到一个窗口，或停止共享。</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>摄像头</translation>
  </message>
  <message>
   <source>Switch the camera on or off.</source>
   <translation>打开或关闭摄像头。</translation>
  </message>
  <message>
   <source>The camera cannot be switched on: nothing here can capture it.</source>
   <translation>无法打开摄像头：这里没有能采集它的方式。</translation>
  </message>
  <message>
   <source>Type to Aside</source>
   <translation>给 Aside 打字</translation>
  </message>
  <message>
   <source>Put the cursor into the typing line.</source>
   <translation>把光标放到输入行。</translation>
  </message>
  <message>
   <source>Show captions</source>
   <translation>显示字幕</translation>
  </message>
  <message>
   <source>Show or hide the captions.</source>
   <translation>显示或隐藏字幕。</translation>
  </message>
  <message>
   <source>Caption bar</source>
   <translation>字幕条</translation>
  </message>
  <message>
   <source>Show or hide the captions over every program.</source>
   <translation>在所有程序上方显示或隐藏字幕。</translation>
  </message>
  <message>
   <source>Contrast of the caption bar</source>
   <translation>字幕条的对比度</translation>
  </message>
  <message>
   <source>Give the caption bar a stronger ground, or a clear one again.</source>
   <translation>让字幕条的底色更浓，或重新变淡。</translation>
  </message>
  <message>
   <source>Copy the last answer</source>
   <translation>复制上一个回答</translation>
  </message>
  <message>
   <source>Put Aside's last words on the clipboard.</source>
   <translation>把 Aside 最后说的话放到剪贴板。</translation>
  </message>
  <message>
   <source>There is no answer to copy yet.</source>
   <translation>还没有可以复制的回答。</translation>
  </message>
  <message>
   <source>Search the history</source>
   <translation>搜索历史</translation>
  </message>
  <message>
   <source>Find what was said before.</source>
   <translation>查找以前说过的话。</translation>
  </message>
  <message>
   <source>There is no history to search: it is not kept here.</source>
   <translation>没有可搜索的历史：这里不保存历史。</translation>
  </message>
  <message>
   <source>Larger captions</source>
   <translation>放大字幕</translation>
  </message>
  <message>
   <source>Make the captions larger.</source>
   <translation>让字幕更大。</translation>
  </message>
  <message>
   <source>Smaller captions</source>
   <translation>缩小字幕</translation>
  </message>
  <message>
   <source>Make the captions smaller.</source>
   <translation>让字幕更小。</translation>
  </message>
  <message>
   <source>Show or hide the window</source>
   <translation>显示或隐藏窗口</translation>
  </message>
  <message>
   <source>Show the window, or hide it.</source>
   <translation>显示窗口，或将其隐藏。</translation>
  </message>
  <message>
   <source>Go to the newest card</source>
   <translation>转到最新的卡片</translation>
  </message>
  <message>
   <source>Give the newest card the keyboard, to answer it.</source>
   <translation>把键盘交给最新的卡片，以便回答。</translation>
  </message>
  <message>
   <source>No card is open.</source>
   <translation>没有打开的卡片。</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>设备</translation>
  </message>
  <message>
   <source>Choose microphone and speaker.</source>
   <translation>选择麦克风和扬声器。</translation>
  </message>
  <message>
   <source>Echo cancellation</source>
   <translation>回声消除</translation>
  </message>
  <message>
   <source>Switch echo cancellation on or off.</source>
   <translation>打开或关闭回声消除。</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Open the settings.</source>
   <translation>打开设置。</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>Show every key.</source>
   <translation>显示所有按键。</translation>
  </message>
  <message>
   <source>What Aside did</source>
   <translation>Aside 做过的事</translation>
  </message>
  <message>
   <source>See all that Aside did or wanted to do, and take it back.</source>
   <translation>查看 Aside 做过或想做的一切，并可撤销。</translation>
  </message>
  <message>
   <source>There is no log of what was done: Aside has no tools here.</source>
   <translation>没有操作记录：Aside 在这里没有工具。</translation>
  </message>
  <message>
   <source>Guide</source>
   <translation>向导</translation>
  </message>
  <message>
   <source>Go through the first steps again.</source>
   <translation>再走一遍最初的步骤。</translation>
  </message>
  <message>
   <source>Read the settings again</source>
   <translation>重新读取设置</translation>
  </message>
  <message>
   <source>Take over settings changed elsewhere.</source>
   <translation>采用在别处更改的设置。</translation>
  </message>
  <message>
   <source>Free the model's memory</source>
   <translation>释放模型的内存</translation>
  </message>
  <message>
   <source>Let the engine go, or start it again.</source>
   <translation>放下引擎，或重新启动它。</translation>
  </message>
  <message>
   <source>The model runs elsewhere: it has no memory here.</source>
   <translation>模型在别处运行：它不占用这里的内存。</translation>
  </message>
  <message>
   <source>Start the engine again</source>
   <translation>重新启动引擎</translation>
  </message>
  <message>
   <source>Try again with an engine that failed.</source>
   <translation>再次尝试启动失败的引擎。</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>退出</translation>
  </message>
  <message>
   <source>End Aside.</source>
   <translation>结束 Aside。</translation>
  </message>
  <message>
   <source>Say "Aside, …", or type below.</source>
   <translation>说“Aside，……”，或在下面打字。</translation>
  </message>
  <message>
   <source>Say something, or type below.</source>
   <translation>说点什么，或在下面打字。</translation>
  </message>
  <message>
   <source>Type below.</source>
   <translation>在下面打字。</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>声音</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>麦克风</translation>
  </message>
  <message>
   <source>Speaker</source>
   <translation>扬声器</translation>
  </message>
  <message>
   <source>Takes Aside's own voice out of what the microphone hears. Off only with headphones.</source>
   <translation>从麦克风听到的声音中去掉 Aside 自己的声音。只有戴耳机时才应关闭。</translation>
  </message>
  <message>
   <source>Noise suppression</source>
   <translation>降噪</translation>
  </message>
  <message>
   <source>Takes steady noise out of the microphone's sound, and a little of the voices with it.</source>
   <translation>去除麦克风声音中的稳定噪声，人声也会略受影响。</translation>
  </message>
  <message>
   <source>Automatic gain</source>
   <translation>自动增益</translation>
  </message>
  <message>
   <source>Makes a quiet microphone louder.</source>
   <translation>让声音小的麦克风更响。</translation>
  </message>
  <message>
   <source>Calls and films, from the speaker above. It stays on until you switch it off.</source>
   <translation>通话和影片，来自上面的扬声器。在你关闭之前一直开启。</translation>
  </message>
  <message>
   <source>Short sounds</source>
   <translation>提示音</translation>
  </message>
  <message>
   <source>When it listens or stops listening, needs you, lost something, or is done after a while.</source>
   <translation>开始或停止聆听、需要你、丢失了什么，或过了一会儿完成时响起。</translation>
  </message>
  <message>
   <source>Start with the microphone closed</source>
   <translation>启动时关闭麦克风</translation>
  </message>
  <message>
   <source>For push to talk: it opens while you hold the key, and closes again.</source>
   <translation>用于按住说话：按住时打开，松开后再次关闭。</translation>
  </message>
  <message>
   <source>Longest push to talk</source>
   <translation>按住说话的最长时间</translation>
  </message>
  <message>
   <source>A key that is stuck lets go after this time.</source>
   <translation>卡住的按键在这段时间后视为松开。</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>秒</translation>
  </message>
  <message>
   <source>Voice</source>
   <translation>语音</translation>
  </message>
  <message>
   <source>Mode</source>
   <translation>模式</translation>
  </message>
  <message>
   <source>Listens and speaks</source>
   <translation>聆听并说话</translation>
  </message>
  <message>
   <source>Quiet: writes instead of speaking</source>
   <translation>安静：用文字代替说话</translation>
  </message>
  <message>
   <source>Typed only: microphone closed, answers written</source>
   <translation>仅打字：麦克风关闭，用文字回答</translation>
  </message>
  <message>
   <source>Captions only: shows the words of both sides, nothing else</source>
   <translation>仅字幕：只显示双方的话</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>Said to it is what begins with its name, what you say with the key to talk held, and what follows its own words.</source>
   <translation>对它说的话是：以它的名字开头的话、按住说话键时说的话，以及紧接着它自己的话说的话。</translation>
  </message>
  <message>
   <source>What is said to it</source>
   <translation>对它说的话</translation>
  </message>
  <message>
   <source>Whatever is said</source>
   <translation>所有说的话</translation>
  </message>
  <message>
   <source>May speak unprompted</source>
   <translation>可以主动说话</translation>
  </message>
  <message>
   <source>Beyond this, what it says of its own accord is written and not spoken.</source>
   <translation>超过这个次数，它主动说的话只写出来，不说出来。</translation>
  </message>
  <message>
   <source>As often as it sees fit</source>
   <translation>由它决定</translation>
  </message>
  <message>
   <source>30 times an hour</source>
   <translation>每小时 30 次</translation>
  </message>
  <message>
   <source>12 times an hour</source>
   <translation>每小时 12 次</translation>
  </message>
  <message>
   <source>6 times an hour</source>
   <translation>每小时 6 次</translation>
  </message>
  <message>
   <source>twice an hour</source>
   <translation>每小时两次</translation>
  </message>
  <message>
   <source>never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>Captions</source>
   <translation>字幕</translation>
  </message>
  <message>
   <source>Size of the words</source>
   <translation>文字大小</translation>
  </message>
  <message>
   <source>pixels</source>
   <translation>像素</translation>
  </message>
  <message>
   <source>The words of both sides over every program. Hold Ctrl+Alt over it to move it.</source>
   <translation>双方的话显示在所有程序上方。指针在其上时按住 Ctrl+Alt 可移动它。</translation>
  </message>
  <message>
   <source>Bubble for what it says unprompted</source>
   <translation>主动说话时的气泡</translation>
  </message>
  <message>
   <source>Comes up beside what it is about, and goes by itself.</source>
   <translation>出现在所谈内容旁边，并自行消失。</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>视觉</translation>
  </message>
  <message>
   <source>Private windows</source>
   <translation>私密窗口</translation>
  </message>
  <message>
   <source>Never seen: windows with such a title or program. * stands for anything; a semicolon goes between two.</source>
   <translation>绝不会被看到：标题或程序符合的窗口。* 代表任意内容；两项之间用分号隔开。</translation>
  </message>
  <message>
   <source>Pictures of camera and screen</source>
   <translation>摄像头和屏幕的画面</translation>
  </message>
  <message>
   <source>The speed test chooses this; change it as you like.</source>
   <translation>由速度测试选择；也可以自行更改。</translation>
  </message>
  <message>
   <source>As often as the model takes them</source>
   <translation>模型需要多少就给多少</translation>
  </message>
  <message>
   <source>Half as often: saves computing</source>
   <translation>减半：节省计算</translation>
  </message>
  <message>
   <source>No pictures: this machine is too slow for them</source>
   <translation>没有画面：这台机器太慢</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>When Aside is not used</source>
   <translation>不使用 Aside 时</translation>
  </message>
  <message>
   <source>Freed, it hears and sees nothing until you type or hold the talk key; then it goes on.</source>
   <translation>释放后，在你打字或按住说话键之前，它听不到也看不到；之后继续。</translation>
  </message>
  <message>
   <source>Keep the model loaded</source>
   <translation>保持模型已加载</translation>
  </message>
  <message>
   <source>Free its memory until it is needed</source>
   <translation>在需要之前释放它的内存</translation>
  </message>
  <message>
   <source>Not used means</source>
   <translation>不使用是指</translation>
  </message>
  <message>
   <source>So long without a word, and with nothing shared.</source>
   <translation>这么久没有说话，也没有共享任何内容。</translation>
  </message>
  <message>
   <source>minutes</source>
   <translation>分钟</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史记录</translation>
  </message>
  <message>
   <source>Keep a history</source>
   <translation>保留历史记录</translation>
  </message>
  <message>
   <source>The words of both sides and what was done, on this machine alone.</source>
   <translation>双方的话和所做的事，只保存在本机。</translation>
  </message>
  <message>
   <source>For how long</source>
   <translation>保留多久</translation>
  </message>
  <message>
   <source>0: until you delete it.</source>
   <translation>0：直到你删除。</translation>
  </message>
  <message>
   <source>days</source>
   <translation>天</translation>
  </message>
  <message>
   <source>no limit</source>
   <translation>不限</translation>
  </message>
  <message>
   <source>Keep the sound</source>
   <translation>保留声音</translation>
  </message>
  <message>
   <source>Both voices, and what the computer played while Aside heard it.</source>
   <translation>双方的声音，以及 Aside 听到的电脑播放的声音。</translation>
  </message>
  <message>
   <source>Keep pictures</source>
   <translation>保留图片</translation>
  </message>
  <message>
   <source>A small one of what you share, every half minute.</source>
   <translation>每半分钟一张你所共享内容的小图。</translation>
  </message>
  <message>
   <source>Encrypt a new history</source>
   <translation>加密新的历史记录</translation>
  </message>
  <message>
   <source>Where the system has a key store.</source>
   <translation>在系统有密钥库的地方。</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>外观</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>颜色</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>对比度</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>普通</translation>
  </message>
  <message>
   <source>High</source>
   <translation>高</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>动态效果</translation>
  </message>
  <message>
   <source>Full</source>
   <translation>完整</translation>
  </message>
  <message>
   <source>Reduced: nothing glides, fades or pulses</source>
   <translation>减少：没有滑动、淡入或脉动</translation>
  </message>
  <message>
   <source>Language of the windows</source>
   <translation>窗口语言</translation>
  </message>
  <message>
   <source>Takes effect at the next start.</source>
   <translation>下次启动时生效。</translation>
  </message>
  <message>
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <source>Español</source>
   <translation>Español</translation>
  </message>
  <message>
   <source>Deutsch</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <source>中文</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>Keys work in every program</source>
   <translation>按键在所有程序中有效</translation>
  </message>
  <message>
   <source>Off, they work in Aside's own windows alone.</source>
   <translation>关闭时，只在 Aside 自己的窗口中有效。</translation>
  </message>
  <message>
   <source>Starting</source>
   <translation>正在启动</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>正在聆听</translation>
  </message>
  <message>
   <source>Quiet</source>
   <translation>安静</translation>
  </message>
  <message>
   <source>Speaking</source>
   <translation>正在说话</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>正在书写</translation>
  </message>
  <message>
   <source>Delayed</source>
   <translation>有延迟</translation>
  </message>
  <message>
   <source>Muted</source>
   <translation>已静音</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>已暂停</translation>
  </message>
  <message>
   <source>No microphone: type to me</source>
   <translation>没有麦克风：请打字</translation>
  </message>
  <message>
   <source>Engine restarting</source>
   <translation>引擎正在重启</translation>
  </message>
  <message>
   <source>The engine does not start</source>
   <translation>引擎无法启动</translation>
  </message>
  <message>
   <source>Resting</source>
   <translation>休息中</translation>
  </message>
  <message>
   <source>Say: "Aside, remind me every five seconds until I ask you to stop." Your words appear as you speak.</source>
   <translation>用英语说：“Aside, remind me every five seconds until I ask you to stop.” 你说话时文字会随之出现。</translation>
  </message>
  <message>
   <source>Wait. It keeps the time by itself and speaks up when it is due.</source>
   <translation>等一等。它自己计时，到时间就会开口。</translation>
  </message>
  <message>
   <source>Type something into its line ({keys}). It reads that just as well.</source>
   <translation>在它的输入行里打字（{keys}）。它同样能读懂。</translation>
  </message>
  <message>
   <source>Mute the microphone, and open it again ({keys}).</source>
   <translation>将麦克风静音，然后再打开（{keys}）。</translation>
  </message>
  <message>
   <source>Switch to quiet mode ({keys}): now it writes instead of speaking. The same again, and it speaks.</source>
   <translation>切换到安静模式（{keys}）：它改为写字而不说话。再来一次，它又会说话。</translation>
  </message>
  <message>
   <source>No</source>
   <translation>不行</translation>
  </message>
  <message>
   <source>Allow once</source>
   <translation>允许一次</translation>
  </message>
  <message>
   <source>This session</source>
   <translation>本次会话</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>始终允许</translation>
  </message>
  <message>
   <source>Never ask, never do</source>
   <translation>不再询问，也不做</translation>
  </message>
  <message>
   <source>only looks</source>
   <translation>只查看</translation>
  </message>
  <message>
   <source>can be taken back</source>
   <translation>可以撤销</translation>
  </message>
  <message>
   <source>leaves this computer</source>
   <translation>会离开这台电脑</translation>
  </message>
  <message>
   <source>cannot be taken back</source>
   <translation>无法撤销</translation>
  </message>
  <message>
   <source>When</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>Tool</source>
   <translation>工具</translation>
  </message>
  <message>
   <source>Allowed</source>
   <translation>许可</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Arguments</source>
   <translation>参数</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Search what was done</source>
   <translation>搜索做过的事</translation>
  </message>
  <message>
   <source>Nothing was done yet. What Aside does, or is not allowed to, will stand here.</source>
   <translation>还没有做过任何事。Aside 做的或未获准的事会显示在这里。</translation>
  </message>
  <message>
   <source>All that stands in it is gone for good, and nothing of it can be undone any more.</source>
   <translation>其中的内容将永远消失，也无法再撤销任何一项。</translation>
  </message>
  <message>
   <source>Empty the log…</source>
   <translation>清空记录…</translation>
  </message>
  <message>
   <source>Everything stays on this computer.</source>
   <translation>一切都留在这台电脑上。</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>没有找到。</translation>
  </message>
  <message>
   <source>Empty the log of what Aside did?</source>
   <translation>清空 Aside 做过的事的记录？</translation>
  </message>
  <message>
   <source>Empty the log</source>
   <translation>清空记录</translation>
  </message>
  <message>
   <source>The log is empty.</source>
   <translation>记录已清空。</translation>
  </message>
  <message>
   <source>{count} older ones: search for them.</source>
   <translation>还有 {count} 条更早的：请搜索。</translation>
  </message>
  <message>
   <source>The log was not emptied.</source>
   <translation>记录未被清空。</translation>
  </message>
  <message>
   <source>It could not be taken back.</source>
   <translation>无法撤销。</translation>
  </message>
  <message>
   <source>Revoke one, and Aside asks again. Allowing is done on the card that asks.</source>
   <translation>撤回后，Aside 会再次询问。许可在询问的卡片上给出。</translation>
  </message>
  <message>
   <source>Aside asks before it does anything. What you allow or refuse for longer than once stands here.</source>
   <translation>Aside 做事之前会先询问。你长期允许或拒绝的内容显示在这里。</translation>
  </message>
  <message>
   <source>Revoke</source>
   <translation>撤回</translation>
  </message>
  <message>
   <source>Permissions</source>
   <translation>权限</translation>
  </message>
  <message>
   <source>Allowed: {what}</source>
   <translation>允许：{what}</translation>
  </message>
  <message>
   <source>Never: {what}</source>
   <translation>永不：{what}</translation>
  </message>
  <message>
   <source>always, since {day}</source>
   <translation>始终，自 {day} 起</translation>
  </message>
  <message>
   <source>this session, since {day}</source>
   <translation>本次会话，自 {day} 起</translation>
  </message>
  <message>
   <source>Revoked: Aside asks again.</source>
   <translation>已撤回：Aside 会再次询问。</translation>
  </message>
  <message>
   <source>It was not revoked.</source>
   <translation>没有撤回。</translation>
  </message>
  <message>
   <source>begun; how it ended is not known</source>
   <translation>已开始；结果未知</translation>
  </message>
  <message>
   <source>done</source>
   <translation>已完成</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>not allowed</source>
   <translation>未获准</translation>
  </message>
  <message>
   <source>broken off</source>
   <translation>已中断</translation>
  </message>
  <message>
   <source>taken back</source>
   <translation>已撤销</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页面</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>记录</translation>
  </message>
  <message>
   <source>{wanted} is not there: using {used} until it returns.</source>
   <translation>{wanted} 不在：在它回来之前使用 {used}。</translation>
  </message>
  <message>
   <source>No camera: plug one in, and it is used by itself.</source>
   <translation>没有摄像头：接上后会自动使用。</translation>
  </message>
  <message>
   <source>{name} was unplugged.</source>
   <translation>{name} 已拔出。</translation>
  </message>
  <message>
   <source>Pictures are switched off in the settings.</source>
   <translation>设置中已关闭画面。</translation>
  </message>
  <message>
   <source>cameras of the system</source>
   <translation>系统摄像头</translation>
  </message>
  <message>
   <source>Install the packages: pip install av opencv-python-headless</source>
   <translation>请安装软件包：pip install av opencv-python-headless</translation>
  </message>
  <message>
   <source>{name} gives no pictures: {hint}</source>
   <translation>{name} 没有画面：{hint}</translation>
  </message>
  <message>
   <source>close the program that uses it, and see Settings, Privacy, Camera.</source>
   <translation>关闭正在使用它的程序，并查看“设置 › 隐私 › 相机”。</translation>
  </message>
  <message>
   <source>allow Aside in System Settings, Privacy &amp; Security, Camera.</source>
   <translation>在“系统设置 › 隐私与安全性 › 摄像头”中允许 Aside。</translation>
  </message>
  <message>
   <source>the desktop's portal</source>
   <translation>桌面门户</translation>
  </message>
  <message>
   <source>Install GStreamer with its PipeWire part, for example: sudo apt install gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire</source>
   <translation>请安装 GStreamer 及其 PipeWire 组件，例如：sudo apt install gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire</translation>
  </message>
  <message>
   <source>This desktop's portal cannot share windows ({method}).</source>
   <translation>此桌面的门户无法共享窗口（{method}）。</translation>
  </message>
  <message>
   <source>This desktop's portal cannot share windows.</source>
   <translation>此桌面的门户无法共享窗口。</translation>
  </message>
  <message>
   <source>The desktop's portal does not answer ({method}).</source>
   <translation>桌面门户没有响应（{method}）。</translation>
  </message>
  <message>
   <source>No window was chosen: nothing is shared.</source>
   <translation>没有选择窗口：未共享任何内容。</translation>
  </message>
  <message>
   <source>The shared window was closed: share another.</source>
   <translation>共享的窗口已关闭：请共享另一个。</translation>
  </message>
  <message>
   <source>The desktop's portal does not answer.</source>
   <translation>桌面门户没有响应。</translation>
  </message>
  <message>
   <source>The desktop's portal cannot be reached.</source>
   <translation>无法连接桌面门户。</translation>
  </message>
  <message>
   <source>The desktop's dialog was not answered.</source>
   <translation>桌面的对话框没有得到回应。</translation>
  </message>
  <message>
   <source>Install the packages: pip install mss pyobjc-framework-Quartz</source>
   <translation>请安装软件包：pip install mss pyobjc-framework-Quartz</translation>
  </message>
  <message>
   <source>macOS does not let Aside see the screen: allow it in System Settings, Privacy &amp; Security, Screen Recording, and start Aside again.</source>
   <translation>macOS 不允许 Aside 查看屏幕：请在“系统设置 › 隐私与安全性 › 屏幕录制”中允许，然后重新启动 Aside。</translation>
  </message>
  <message>
   <source>{system} does not show its screen: {error}</source>
   <translation>{system} 不提供屏幕画面：{error}</translation>
  </message>
  <message>
   <source>{path}: this tape has no pictures of the {source}.</source>
   <translation>{path}：此录像中没有{source}的画面。</translation>
  </message>
  <message>
   <source>{path}: a picture of the tape is missing or broken.</source>
   <translation>{path}：录像中有画面缺失或损坏。</translation>
  </message>
  <message>
   <source>{path}: no tape of a session that can be read ({error}).</source>
   <translation>{path}：不是可读取的会话录像（{error}）。</translation>
  </message>
  <message>
   <source>recording</source>
   <translation>录像</translation>
  </message>
  <message>
   <source>{path}: no such recording. Check the name and the folder.</source>
   <translation>{path}：没有这个录像。请检查名称和文件夹。</translation>
  </message>
  <message>
   <source>{path}: no pictures can be read from it. Give a video file.</source>
   <translation>{path}：无法从中读取画面。请给出视频文件。</translation>
  </message>
  <message>
   <source>{path}: not one picture can be decoded. Convert it again.</source>
   <translation>{path}：没有一帧能解码。请重新转换。</translation>
  </message>
  <message>
   <source>recording {name}</source>
   <translation>录像 {name}</translation>
  </message>
  <message>
   <source>Nothing to install: Linux brings it.</source>
   <translation>无需安装：Linux 自带。</translation>
  </message>
  <message>
   <source>{name} gives no pictures: unplug it and plug it in again.</source>
   <translation>{name} 没有画面：请拔下后重新接上。</translation>
  </message>
  <message>
   <source>{name} is in use by {users}: close it there, and it is taken by itself.</source>
   <translation>{users} 正在使用 {name}：在那里关闭后会自动启用。</translation>
  </message>
  <message>
   <source>{name} may not be opened: add yourself to the group that owns {file} (often: sudo usermod -aG video $USER), and log in again.</source>
   <translation>无权打开 {name}：请把自己加入拥有 {file} 的用户组（通常是：sudo usermod -aG video $USER），然后重新登录。</translation>
  </message>
  <message>
   <source>{name} gives no more pictures: is it unplugged?</source>
   <translation>{name} 不再提供画面：是否已拔出？</translation>
  </message>
  <message>
   <source>{name} gave a broken picture.</source>
   <translation>{name} 给出了损坏的画面。</translation>
  </message>
  <message>
   <source>Install the package mss: pip install mss</source>
   <translation>请安装软件包 mss：pip install mss</translation>
  </message>
  <message>
   <source>Windows does not list its windows.</source>
   <translation>Windows 不列出它的窗口。</translation>
  </message>
  <message>
   <source>Install the packages mss and python-xlib: pip install mss python-xlib</source>
   <translation>请安装软件包 mss 和 python-xlib：pip install mss python-xlib</translation>
  </message>
  <message>
   <source>The X server does not let its screen be seen: {error}</source>
   <translation>X 服务器不允许查看屏幕：{error}</translation>
  </message>
  <message>
   <source>The X server does not answer: {error}</source>
   <translation>X 服务器没有响应：{error}</translation>
  </message>
  <message>
   <source>{what} failed ({error}); it is tried again.</source>
   <translation>{what} 出错（{error}）；正在重试。</translation>
  </message>
  <message>
   <source>It cannot be opened ({error}); it is tried again.</source>
   <translation>无法打开（{error}）；会再试一次。</translation>
  </message>
  <message>
   <source>No {what} can be seen on this kind of desktop.</source>
   <translation>这种桌面无法查看{what}。</translation>
  </message>
  <message>
   <source>camera</source>
   <translation>摄像头</translation>
  </message>
  <message>
   <source>On Wayland only a window can be shared: nobody tells Aside where windows are, so private ones could not be left out of a whole screen.</source>
   <translation>在 Wayland 上只能共享单个窗口：Aside 无从得知窗口位置，也就无法在整个屏幕中排除私密窗口。</translation>
  </message>
  <message>
   <source>No {what} through {back_end} yet.</source>
   <translation>尚无法通过 {back_end} 使用{what}。</translation>
  </message>
  <message>
   <source>screen</source>
   <translation>屏幕</translation>
  </message>
  <message>
   <source>window</source>
   <translation>窗口</translation>
  </message>
  <message>
   <source>the whole screen</source>
   <translation>整个屏幕</translation>
  </message>
  <message>
   <source>a region of the screen</source>
   <translation>屏幕的一个区域</translation>
  </message>
  <message>
   <source>one window</source>
   <translation>一个窗口</translation>
  </message>
  <message>
   <source>monitor {name}</source>
   <translation>显示器 {name}</translation>
  </message>
  <message>
   <source>the window “{title}”</source>
   <translation>窗口“{title}”</translation>
  </message>
  <message>
   <source>{area} is closed or hidden: show it, or share another.</source>
   <translation>{area}已关闭或隐藏：请显示它，或共享另一个。</translation>
  </message>
  <message>
   <source>{area} is on your list of private windows.</source>
   <translation>{area}在你的私密窗口列表中。</translation>
  </message>
  <message>
   <source>There is no monitor.</source>
   <translation>没有显示器。</translation>
  </message>
  <message>
   <source>Nothing of the screen is shown, for private windows cannot be told: {error}</source>
   <translation>屏幕未显示，因为无法分辨私密窗口：{error}</translation>
  </message>
  <message>
   <source>There is no monitor {name}; there are: {there}.</source>
   <translation>没有显示器 {name}；现有：{there}。</translation>
  </message>
  <message>
   <source>The region is on no monitor any more: share another.</source>
   <translation>该区域已不在任何显示器上：请共享另一个。</translation>
  </message>
  <message>
   <source>{area} is being moved.</source>
   <translation>{area}正在移动。</translation>
  </message>
  <message>
   <source>Close this card</source>
   <translation>关闭这张卡片</translation>
  </message>
  <message>
   <source>A card</source>
   <translation>卡片</translation>
  </message>
  <message>
   <source>{name}: from {first} to {last}, least {least}, most {most}</source>
   <translation>{name}：从 {first} 到 {last}，最小 {least}，最大 {most}</translation>
  </message>
  <message>
   <source>Chart</source>
   <translation>图表</translation>
  </message>
  <message>
   <source>to do</source>
   <translation>待办</translation>
  </message>
  <message>
   <source>being done</source>
   <translation>进行中</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>步骤</translation>
  </message>
  <message>
   <source>Still missing: {names}</source>
   <translation>还缺：{names}</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>数字</translation>
  </message>
  <message>
   <source>year-month-day</source>
   <translation>年-月-日</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>请选择</translation>
  </message>
  <message>
   <source>{name} (needed)</source>
   <translation>{name}（必填）</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>代码</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>进度</translation>
  </message>
  <message>
   <source>(A picture that cannot be shown: {alt})</source>
   <translation>（无法显示的图片：{alt}）</translation>
  </message>
  <message>
   <source>This model does not see: pictures go to the background model alone, if you have chosen one.</source>
   <translation>此模型看不见：画面只会交给后台模型（如果你已选择）。</translation>
  </message>
  <message>
   <source>Add yourself to the group that owns {device} (often: sudo usermod -aG video $USER), and log in again.</source>
   <translation>把自己加入拥有 {device} 的用户组（通常：sudo usermod -aG video $USER），然后重新登录。</translation>
  </message>
  <message>
   <source>Install the portal of your desktop, for example xdg-desktop-portal-gnome or xdg-desktop-portal-kde, and log in again.</source>
   <translation>安装你桌面的门户，例如 xdg-desktop-portal-gnome 或 xdg-desktop-portal-kde，然后重新登录。</translation>
  </message>
  <message>
   <source>Bind keys of your desktop to commands such as: aside do mute</source>
   <translation>把桌面的按键绑定到命令，例如：aside do mute</translation>
  </message>
  <message>
   <source>There is no key store here to keep its key in. To keep none: Settings, History, or aside history keep none</source>
   <translation>这里没有可存放密钥的密钥库。若不想保留任何记录：设置，历史记录，或 aside history keep none</translation>
  </message>
  <message>
   <source>set Aside up again: python3 run.py doctor</source>
   <translation>重新安装 Aside：python3 run.py doctor</translation>
  </message>
  <message>
   <source>install Aside's package again</source>
   <translation>重新安装 Aside 软件包</translation>
  </message>
  <message>
   <source>no microphone on this machine</source>
   <translation>此电脑没有麦克风</translation>
  </message>
  <message>
   <source>no speaker on this machine</source>
   <translation>此电脑没有扬声器</translation>
  </message>
  <message>
   <source>{name}, of {count} to choose from</source>
   <translation>{name}，共有 {count} 个可选</translation>
  </message>
  <message>
   <source>Start Aside in a desktop session, or use aside replay and aside serve.</source>
   <translation>在桌面会话中启动 Aside，或使用 aside replay 和 aside serve。</translation>
  </message>
  <message>
   <source>{names}; private windows can be told from others</source>
   <translation>{names}；能够区分私密窗口和其他窗口</translation>
  </message>
  <message>
   <source>windows, through the desktop's portal (version {version})</source>
   <translation>窗口，经由桌面门户（版本 {version}）</translation>
  </message>
  <message>
   <source>Plug one in; until then type to Aside.</source>
   <translation>请接上一个；在此之前可以打字。</translation>
  </message>
  <message>
   <source>Plug one in; until then read its captions.</source>
   <translation>请接上一个；在此之前可以看字幕。</translation>
  </message>
  <message>
   <source>no window can be shown here</source>
   <translation>这里无法显示窗口</translation>
  </message>
  <message>
   <source>Plug one in to show things.</source>
   <translation>接上一个，就能给它看东西。</translation>
  </message>
  <message>
   <source>{names}, which may not be opened</source>
   <translation>{names}，没有打开的权限</translation>
  </message>
  <message>
   <source>keys work in Aside's own windows alone</source>
   <translation>按键只在 Aside 自己的窗口中有效</translation>
  </message>
  <message>
   <source>{name}, runs on {back_end}</source>
   <translation>{name}，运行于 {back_end}</translation>
  </message>
  <message>
   <source>Make room: tapes need some.</source>
   <translation>请腾出空间：录像需要。</translation>
  </message>
  <message>
   <source>{room} GiB free</source>
   <translation>可用 {room} GiB</translation>
  </message>
  <message>
   <source>It is set aside at the next start, and a new one begins.</source>
   <translation>下次启动时会把它放到一边，并开始新的记录。</translation>
  </message>
  <message>
   <source>kept, and not encrypted</source>
   <translation>保留，未加密</translation>
  </message>
  <message>
   <source>sound does not work: {error}</source>
   <translation>声音不可用：{error}</translation>
  </message>
  <message>
   <source>no camera on this machine</source>
   <translation>这台机器上没有摄像头</translation>
  </message>
  <message>
   <source>windows cannot be shared yet</source>
   <translation>暂时还不能共享窗口</translation>
  </message>
  <message>
   <source>the desktop's portal shares no windows: {error}</source>
   <translation>桌面门户不共享窗口：{error}</translation>
  </message>
  <message>
   <source>the shipped model does not load: {error}</source>
   <translation>自带模型无法加载：{error}</translation>
  </message>
  <message>
   <source>{room} MiB free</source>
   <translation>可用 {room} MiB</translation>
  </message>
  <message>
   <source>kept, and encrypted</source>
   <translation>保留，已加密</translation>
  </message>
  <message>
   <source>the history is damaged</source>
   <translation>历史记录已损坏</translation>
  </message>
  <message>
   <source>no camera can be used here</source>
   <translation>这里无法使用摄像头</translation>
  </message>
  <message>
   <source>the screen cannot be shared</source>
   <translation>无法共享屏幕</translation>
  </message>
  <message>
   <source>through {name}</source>
   <translation>通过 {name}</translation>
  </message>
  <message>
   <source>Screen</source>
   <translation>屏幕</translation>
  </message>
  <message>
   <source>Hotkeys</source>
   <translation>快捷键</translation>
  </message>
  <message>
   <source>Checkpoint</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Disk</source>
   <translation>磁盘</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Microphone: allow Aside; start it anew.</source>
   <translation>“系统设置 › 隐私与安全性 › 麦克风”：允许 Aside，然后重新启动。</translation>
  </message>
  <message>
   <source>Settings, Privacy &amp; security, Microphone: let desktop apps use it.</source>
   <translation>“设置 › 隐私和安全性 › 麦克风”：允许桌面应用使用。</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Camera: allow Aside; start it anew.</source>
   <translation>系统设置，隐私与安全性，摄像头：允许 Aside；重新启动它。</translation>
  </message>
  <message>
   <source>Settings, Privacy &amp; security, Camera: let desktop apps use it.</source>
   <translation>设置，隐私和安全性，相机：允许桌面应用使用。</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Screen Recording: allow Aside, start anew.</source>
   <translation>系统设置，隐私与安全性，屏幕录制：允许 Aside，重新启动。</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Input Monitoring: allow Aside.</source>
   <translation>系统设置，隐私与安全性，输入监控：允许 Aside。</translation>
  </message>
  <message>
   <source>Aside would hear itself: the echo came in at {taken} dB, and {passed} dB are left. Switch echo cancellation on, turn the speaker down, or use headphones.</source>
   <translation>Aside 会听到自己：回声为 {taken} dB，还剩 {passed} dB。请打开回声消除、调低扬声器音量或使用耳机。</translation>
  </message>
  <message>
   <source>The microphone did not hear the speaker. With headphones that is as it should be; if you heard no sound, turn the speaker up or choose another.</source>
   <translation>麦克风没有听到扬声器。戴耳机时本应如此；如果你没有听到声音，请调高音量或选择别的扬声器。</translation>
  </message>
  <message>
   <source>Good. The echo came in at {taken} dB; {passed} dB of it are left.</source>
   <translation>很好。回声为 {taken} dB；还剩 {passed} dB。</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>上一步</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>下一步</translation>
  </message>
  <message>
   <source>Page {number} of {count}</source>
   <translation>第 {number} 页，共 {count} 页</translation>
  </message>
  <message>
   <source>not yet</source>
   <translation>尚未</translation>
  </message>
  <message>
   <source>These keys work in every program. Try one: its tick appears here.</source>
   <translation>这些按键在所有程序中有效。试一个：这里会出现勾号。</translation>
  </message>
  <message>
   <source>These keys work in Aside's own windows.</source>
   <translation>这些按键在 Aside 自己的窗口中有效。</translation>
  </message>
  <message>
   <source>Aside is with you while you work. It listens all the time, and mostly says nothing.</source>
   <translation>你工作时，Aside 就在身边。它一直在听，大多数时候什么也不说。</translation>
  </message>
  <message>
   <source>It hears the microphone while the bars in its window move. Muted, the microphone is closed: nothing is captured at all.</source>
   <translation>窗口里的音量条在动，就说明它在听麦克风。静音后麦克风是关闭的：什么也不会采集。</translation>
  </message>
  <message>
   <source>It sees the camera and the screen only when you share them. A light shows which; windows that are private stay unseen.</source>
   <translation>只有你共享时，它才看得到摄像头和屏幕。指示灯会显示是哪一个；私密窗口始终看不到。</translation>
  </message>
  <message>
   <source>The model runs on this machine. Nothing leaves it unless you choose another engine.</source>
   <translation>模型在这台电脑上运行。除非你选择别的引擎，否则没有任何内容会离开这台电脑。</translation>
  </message>
  <message>
   <source>Looking at this machine:</source>
   <translation>正在检查这台机器：</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>再检查一次</translation>
  </message>
  <message>
   <source>The echo test plays a melody for four seconds, and listens for itself.</source>
   <translation>回声测试播放四秒旋律，并听自己是否能听到。</translation>
  </message>
  <message>
   <source>Test sound and echo</source>
   <translation>测试声音和回声</translation>
  </message>
  <message>
   <source>Be quiet for a moment.</source>
   <translation>请安静片刻。</translation>
  </message>
  <message>
   <source>There is no speaker to test. Plug one in, or read the captions.</source>
   <translation>没有可测试的扬声器。接上一个，或者看字幕。</translation>
  </message>
  <message>
   <source>There is no open microphone to test. Plug one in and open it, or type.</source>
   <translation>没有打开的麦克风可测试。接上并打开一个，或者打字。</translation>
  </message>
  <message>
   <source>Every 200 ms Aside takes in what happened and decides what to do about it.</source>
   <translation>每 200 毫秒，Aside 接收发生的事情并决定如何应对。</translation>
  </message>
  <message>
   <source>The test shows whether there is time for pictures too. It takes a minute.</source>
   <translation>测试会显示是否还有时间处理画面。需要一分钟。</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <source>Measuring</source>
   <translation>正在测量</translation>
  </message>
  <message>
   <source>Measuring; leave the machine alone meanwhile.</source>
   <translation>正在测量；期间请不要使用这台机器。</translation>
  </message>
  <message>
   <source>{keys} stops everything at once.</source>
   <translation>{keys} 立即停止一切。</translation>
  </message>
  <message>
   <source>What is heard now</source>
   <translation>现在听到的</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Change keys</source>
   <translation>更改按键</translation>
  </message>
  <message>
   <source>What Aside hears and sees</source>
   <translation>Aside 听到和看到什么</translation>
  </message>
  <message>
   <source>Your microphone and speaker</source>
   <translation>你的麦克风和扬声器</translation>
  </message>
  <message>
   <source>How fast is this machine?</source>
   <translation>这台机器有多快？</translation>
  </message>
  <message>
   <source>At hand by key</source>
   <translation>按键随手可用</translation>
  </message>
  <message>
   <source>Even so it will often be late.</source>
   <translation>即便如此，它仍会经常迟到。</translation>
  </message>
  <message>
   <source>The measurement could not be started: {error}.</source>
   <translation>无法开始测量：{error}。</translation>
  </message>
  <message>
   <source>Of the 200 ms that a micro-turn has, this machine needs {without} to listen and speak, and {looking} with pictures ({backend}).</source>
   <translation>在一个微回合的 200 毫秒中，这台机器聆听和说话需要 {without}，加上画面需要 {looking}（{backend}）。</translation>
  </message>
  <message>
   <source>Pictures come as often as the model takes them.</source>
   <translation>模型需要多少画面就给多少。</translation>
  </message>
  <message>
   <source>Pictures come half as often; that leaves room for your other programs.</source>
   <translation>画面减半；这样给其他程序留出余地。</translation>
  </message>
  <message>
   <source>Pictures are switched off: they would make Aside late.</source>
   <translation>画面已关闭：它们会让 Aside 迟到。</translation>
  </message>
  <message>
   <source>The measurement failed: {error}</source>
   <translation>测量失败：{error}</translation>
  </message>
  <message>
   <source>it ended with status {status}</source>
   <translation>以状态 {status} 结束</translation>
  </message>
  <message>
   <source>There is no microphone. Type: "Aside, remind me every five seconds until I ask you to stop."</source>
   <translation>没有麦克风。请用英文打字：“Aside, remind me every five seconds until I ask you to stop.”</translation>
  </message>
  <message>
   <source>The small model that ships is good at when, and knows little of what. Its card tells how well it hears, the bad figures too.</source>
   <translation>随附的小模型擅长把握时机，知识却很少。它的说明卡写明听得有多好，不好的数字也在其中。</translation>
  </message>
  <message>
   <source>One minute together</source>
   <translation>一起一分钟</translation>
  </message>
  <message>
   <source>a window without a title</source>
   <translation>没有标题的窗口</translation>
  </message>
  <message>
   <source>The history was damaged. It lies in {path}; a new one has begun.</source>
   <translation>历史记录已损坏，保存在 {path}；已开始新的记录。</translation>
  </message>
  <message>
   <source>The history cannot be written ({error}). Make room on the disk or look at {folder}; until then it waits in memory.</source>
   <translation>无法写入历史记录（{error}）。请腾出磁盘空间或检查 {folder}；在此之前暂存于内存。</translation>
  </message>
  <message>
   <source>{count} lines are lost.</source>
   <translation>丢失了 {count} 行。</translation>
  </message>
  <message>
   <source>The history is encrypted, and {why}. Nothing is kept until then.</source>
   <translation>历史记录已加密，而{why}。在此之前不会保存任何内容。</translation>
  </message>
  <message>
   <source>The history is to be encrypted, and {why}. It waits in memory until then. Encryption can be switched off in the settings.</source>
   <translation>历史记录应加密保存，而{why}。在此之前它在内存中等待。可以在设置中关闭加密。</translation>
  </message>
  <message>
   <source>The history is not encrypted: {why}.</source>
   <translation>历史记录未加密：{why}。</translation>
  </message>
  <message>
   <source>encryption is switched off</source>
   <translation>加密已关闭</translation>
  </message>
  <message>
   <source>the package sqlcipher3 is not there</source>
   <translation>缺少软件包 sqlcipher3</translation>
  </message>
  <message>
   <source>Conversation {number} was kept without its sound, so there is no wav to write. To keep sound from now on: aside history keep --sound on</source>
   <translation>对话 {number} 保存时没有声音，因此无法写出 wav。今后要保存声音：aside history keep --sound on</translation>
  </message>
  <message>
   <source>{path} could not be written: {error}. Choose another place.</source>
   <translation>无法写入 {path}：{error}。请另选位置。</translation>
  </message>
  <message>
   <source>What to keep cannot be read from its file, so nothing is kept. Choose it again in the settings.</source>
   <translation>无法从文件中读取要保留的内容，因此什么都不保留。请在设置中重新选择。</translation>
  </message>
  <message>
   <source>Nothing is kept.</source>
   <translation>不保存任何内容。</translation>
  </message>
  <message>
   <source>pictures</source>
   <translation>画面</translation>
  </message>
  <message>
   <source>sound</source>
   <translation>声音</translation>
  </message>
  <message>
   <source>words and acts</source>
   <translation>文字和动作</translation>
  </message>
  <message>
   <source>Kept until you delete it: {what}.</source>
   <translation>保存到你删除为止：{what}。</translation>
  </message>
  <message>
   <source>Kept for {days} days: {what}.</source>
   <translation>保存 {days} 天：{what}。</translation>
  </message>
  <message>
   <source>the key store does not answer: {error}</source>
   <translation>密钥库没有响应：{error}</translation>
  </message>
  <message>
   <source>this system has no key store</source>
   <translation>此系统没有密钥库</translation>
  </message>
  <message>
   <source>the key store holds no usable key</source>
   <translation>密钥库中没有可用的密钥</translation>
  </message>
  <message>
   <source>You</source>
   <translation>你</translation>
  </message>
  <message>
   <source>Aside</source>
   <translation>Aside</translation>
  </message>
  <message>
   <source>Aside did</source>
   <translation>Aside 做了</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>后台</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>Search what was said</source>
   <translation>搜索说过的话</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>删除…</translation>
  </message>
  <message>
   <source>{minutes} min</source>
   <translation>{minutes} 分钟</translation>
  </message>
  <message>
   <source>(no words)</source>
   <translation>（没有文字）</translation>
  </message>
  <message>
   <source>today, {time}</source>
   <translation>今天 {time}</translation>
  </message>
  <message>
   <source>yesterday, {time}</source>
   <translation>昨天 {time}</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>yyyy年M月d日</translation>
  </message>
  <message>
   <source>The history was written by a newer Aside. Install that one again, or move history.db away to begin a new one.</source>
   <translation>历史记录由更新版本的 Aside 写入。请重新安装该版本，或移走 history.db 以重新开始。</translation>
  </message>
  <message>
   <source>a task</source>
   <translation>一项任务</translation>
  </message>
  <message>
   <source>The engine was lost and started again.</source>
   <translation>引擎中断后已重新启动。</translation>
  </message>
  <message>
   <source>Transcript</source>
   <translation>文字记录</translation>
  </message>
  <message>
   <source>Nothing has been kept yet. What you and Aside say will be found here.</source>
   <translation>还没有保存内容。你和 Aside 说的话会出现在这里。</translation>
  </message>
  <message>
   <source>Encrypted on this machine.</source>
   <translation>在此电脑上加密保存。</translation>
  </message>
  <message>
   <source>Not encrypted: only the rights of the file protect it.</source>
   <translation>未加密：仅受文件权限保护。</translation>
  </message>
  <message>
   <source>Nothing was found. All the words you type must come up in one conversation.</source>
   <translation>没有找到。输入的所有词必须出现在同一次对话中。</translation>
  </message>
  <message>
   <source>Aside keeps no history. Nothing that is said here is written down.</source>
   <translation>Aside 不保存历史记录。这里说的话不会被记下。</translation>
  </message>
  <message>
   <source>Export the conversation</source>
   <translation>导出对话</translation>
  </message>
  <message>
   <source>Delete this conversation for good?</source>
   <translation>永久删除这次对话？</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>The history cannot be read: {error}</source>
   <translation>无法读取历史记录：{error}</translation>
  </message>
  <message>
   <source>{count} results</source>
   <translation>{count} 条结果</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Subtitles</source>
   <translation>字幕</translation>
  </message>
  <message>
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <source>The conversation cannot be deleted: {error}</source>
   <translation>无法删除该对话：{error}</translation>
  </message>
  <message>
   <source>Written: {path}</source>
   <translation>已写入：{path}</translation>
  </message>
  <message>
   <source>The history stopped: {error}. Start Aside again.</source>
   <translation>历史记录已停止：{error}。请重新启动 Aside。</translation>
  </message>
  <message>
   <source>'{key}' is no modifier; there are {modifiers}</source>
   <translation>“{key}”不是修饰键；可用的有 {modifiers}</translation>
  </message>
  <message>
   <source>'{key}' is no key; write for example Ctrl+Alt+M or F9</source>
   <translation>“{key}”不是按键；例如写 Ctrl+Alt+M 或 F9</translation>
  </message>
  <message>
   <source>{key} needs Ctrl, Alt or Super with it: alone it is for typing</source>
   <translation>{key} 需要与 Ctrl、Alt 或 Super 一起使用：单独按是打字用的</translation>
  </message>
  <message>
   <source>key listener</source>
   <translation>按键监听</translation>
  </message>
  <message>
   <source>A small process of its own listens for keys and passes on only those bound here.</source>
   <translation>一个独立的小进程监听按键，只转发这里绑定的键。</translation>
  </message>
  <message>
   <source>On macOS allow Aside under System Settings, Privacy &amp; Security, Input Monitoring, and start it again. Elsewhere install the package pynput.</source>
   <translation>在 macOS 上，请在“系统设置 › 隐私与安全性 › 输入监控”中允许 Aside，然后重新启动。在其他系统上请安装软件包 pynput。</translation>
  </message>
  <message>
   <source>The process that listens for keys ended, so they work in Aside's windows alone.</source>
   <translation>监听按键的进程已结束，按键只在 Aside 的窗口中有效。</translation>
  </message>
  <message>
   <source>Wayland portal</source>
   <translation>Wayland 门户</translation>
  </message>
  <message>
   <source>The desktop itself passes on the keys that you confirm, and no others.</source>
   <translation>桌面只转发你确认过的按键。</translation>
  </message>
  <message>
   <source>This Wayland desktop offers no portal for global shortcuts. Bind a key to `aside do mute` and the like in the desktop's own keyboard settings.</source>
   <translation>此 Wayland 桌面没有全局快捷键门户。请在桌面的键盘设置中把按键绑定到 `aside do mute` 等命令。</translation>
  </message>
  <message>
   <source>The desktop did not give the keys; set them in its settings, or bind `aside do ACTION`.</source>
   <translation>桌面没有分配这些按键；请在桌面设置中指定，或绑定 `aside do ACTION`。</translation>
  </message>
  <message>
   <source>The desktop's portal went away, so keys work in Aside's windows alone.</source>
   <translation>桌面门户已消失，按键只在 Aside 的窗口中有效。</translation>
  </message>
  <message>
   <source>The X server passes on the keys bound here and no others.</source>
   <translation>X 服务器只转发这里绑定的按键。</translation>
  </message>
  <message>
   <source>Install the package python-xlib, or start Aside once with: python3 run.py</source>
   <translation>请安装软件包 python-xlib，或用 python3 run.py 启动一次 Aside</translation>
  </message>
  <message>
   <source>The X server cannot be reached, so keys work in Aside's windows alone.</source>
   <translation>无法连接 X 服务器，按键只在 Aside 的窗口中有效。</translation>
  </message>
  <message>
   <source>This keyboard has no {key}.</source>
   <translation>此键盘没有 {key}。</translation>
  </message>
  <message>
   <source>{keys} is taken by another program.</source>
   <translation>{keys} 已被其他程序占用。</translation>
  </message>
  <message>
   <source>{keys} is the key of: {action}.</source>
   <translation>{keys} 已用于：{action}。</translation>
  </message>
  <message>
   <source>{keys} is wanted for this too: {action}.</source>
   <translation>{keys} 也被用于：{action}。</translation>
  </message>
  <message>
   <source>Keys work in Aside's own windows alone, as you have set it.</source>
   <translation>按你的设置，按键只在 Aside 自己的窗口中有效。</translation>
  </message>
  <message>
   <source>Back end: {name}.</source>
   <translation>后端：{name}。</translation>
  </message>
  <message>
   <source>Nothing here passes global keys on, so they work in Aside's own windows alone.</source>
   <translation>这里没有可转发全局按键的途径，按键只在 Aside 自己的窗口中有效。</translation>
  </message>
  <message>
   <source>on or off</source>
   <translation>开或关</translation>
  </message>
  <message>
   <source>{low} to {high} {unit}</source>
   <translation>{low} 到 {high} {unit}</translation>
  </message>
  <message>
   <source>the name of a microphone, or default</source>
   <translation>麦克风名称，或 default</translation>
  </message>
  <message>
   <source>the name of a speaker, or default</source>
   <translation>扬声器名称，或 default</translation>
  </message>
  <message>
   <source>the name of a camera, or default</source>
   <translation>摄像头名称，或 default</translation>
  </message>
  <message>
   <source>keys such as Ctrl+Alt+M, or none</source>
   <translation>按键，如 Ctrl+Alt+M，或 none</translation>
  </message>
  <message>
   <source>two numbers such as 100,200, or none</source>
   <translation>两个数字，如 100,200，或 none</translation>
  </message>
  <message>
   <source>patterns such as *bank*, separated by ;, or none</source>
   <translation>模式，如 *bank*，用 ; 分隔，或 none</translation>
  </message>
  <message>
   <source>is on or off</source>
   <translation>只能是开或关</translation>
  </message>
  <message>
   <source>is one of: {range}</source>
   <translation>只能是：{range}</translation>
  </message>
  <message>
   <source>is {range}</source>
   <translation>应为 {range}</translation>
  </message>
  <message>
   <source>is a whole number, {range}</source>
   <translation>应为整数，{range}</translation>
  </message>
  <message>
   <source>does not fit: {error}</source>
   <translation>不合适：{error}</translation>
  </message>
  <message>
   <source>The settings were damaged and are at their defaults; see {path}.</source>
   <translation>设置已损坏，已恢复默认值；见 {path}。</translation>
  </message>
  <message>
   <source>What is kept cannot be changed in {path}: {error}.</source>
   <translation>无法在 {path} 中更改保留设置：{error}。</translation>
  </message>
  <message>
   <source>The settings in {path} cannot be read: {error}.</source>
   <translation>无法读取 {path} 中的设置：{error}。</translation>
  </message>
  <message>
   <source>The settings cannot be kept in {path}: {error}.</source>
   <translation>无法把设置保存到 {path}：{error}。</translation>
  </message>
  <message>
   <source>A setting is back at its default: {error}.</source>
   <translation>有一项设置已恢复默认值：{error}。</translation>
  </message>
  <message>
   <source>What this computer plays cannot be heard on this kind of system.</source>
   <translation>在这种系统上无法监听电脑播放的声音。</translation>
  </message>
  <message>
   <source>There is no speaker whose sound could be heard.</source>
   <translation>没有可以监听声音的扬声器。</translation>
  </message>
  <message>
   <source>No microphone.</source>
   <translation>没有麦克风。</translation>
  </message>
  <message>
   <source>No speaker.</source>
   <translation>没有扬声器。</translation>
  </message>
  <message>
   <source>{name} hangs in the sound system: start Aside again to use it.</source>
   <translation>{name} 在声音系统中卡住：请重新启动 Aside 再使用。</translation>
  </message>
  <message>
   <source>{name} cannot be opened: {error}</source>
   <translation>无法打开 {name}：{error}</translation>
  </message>
  <message>
   <source>No sound devices found: plug in a headset or start a sound server. Typing works.</source>
   <translation>没有找到声音设备：请接上耳机或启动声音服务器。可以打字。</translation>
  </message>
  <message>
   <source>PortAudio is missing, so there is neither microphone nor speaker. Install it (Debian, Ubuntu: sudo apt install libportaudio2) and start Aside again.</source>
   <translation>缺少 PortAudio，因此没有麦克风和扬声器。请安装（Debian、Ubuntu：sudo apt install libportaudio2）并重新启动 Aside。</translation>
  </message>
  <message>
   <source>{name} is not ready yet</source>
   <translation>{name} 尚未就绪</translation>
  </message>
  <message>
   <source>PortAudio cannot reach the sound server. Debian, Ubuntu: sudo apt install libasound2-plugins</source>
   <translation>PortAudio 无法连接声音服务器。Debian、Ubuntu：sudo apt install libasound2-plugins</translation>
  </message>
  <message>
   <source>No sound server answers, so there is neither microphone nor speaker. Typing works.</source>
   <translation>没有声音服务器响应，因此没有麦克风和扬声器。可以打字。</translation>
  </message>
  <message>
   <source>Nothing runs in the background now.</source>
   <translation>后台现在没有运行。</translation>
  </message>
  <message>
   <source>Aside's window does not answer; try again, or end it and start it anew.</source>
   <translation>Aside 的窗口没有响应；请重试，或结束后重新启动。</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Aside interjects</source>
   <translation>Aside 插话</translation>
  </message>
  <message>
   <source>Words appear here. Hold Ctrl+Alt over them to move this bar.</source>
   <translation>文字会出现在这里。指针在其上时按住 Ctrl+Alt 可移动字幕条。</translation>
  </message>
  <message>
   <source>Aside's captions</source>
   <translation>Aside 字幕</translation>
  </message>
  <message>
   <source>Stopped. Nothing is heard, seen, said or done until you go on.</source>
   <translation>已停止。在你继续之前，不听、不看、不说、不做任何事。</translation>
  </message>
  <message>
   <source>Push to talk was held very long and let go: is the key stuck?</source>
   <translation>按住说话的时间太长，已松开：按键卡住了吗？</translation>
  </message>
  <message>
   <source>Something could not be stopped: quit Aside to be sure.</source>
   <translation>有些东西无法停止：请退出 Aside 以确保安全。</translation>
  </message>
  <message>
   <source>Copied.</source>
   <translation>已复制。</translation>
  </message>
  <message>
   <source>System default ({name})</source>
   <translation>系统默认（{name}）</translation>
  </message>
  <message>
   <source>{name} (not there)</source>
   <translation>{name}（不在）</translation>
  </message>
  <message>
   <source>Press the keys you want here; Backspace for none.</source>
   <translation>在这里按下想要的按键；按退格键表示无。</translation>
  </message>
  <message>
   <source>System default</source>
   <translation>系统默认</translation>
  </message>
  <message>
   <source>In every program</source>
   <translation>在所有程序中</translation>
  </message>
  <message>
   <source>In Aside</source>
   <translation>在 Aside 中</translation>
  </message>
  <message>
   <source>hold</source>
   <translation>按住</translation>
  </message>
  <message>
   <source>What is captured</source>
   <translation>正在采集的内容</translation>
  </message>
  <message>
   <source>What the computer plays</source>
   <translation>电脑播放的声音</translation>
  </message>
  <message>
   <source>off</source>
   <translation>关</translation>
  </message>
  <message>
   <source>wanted, and gives nothing</source>
   <translation>已启用，但没有信号</translation>
  </message>
  <message>
   <source>on</source>
   <translation>开</translation>
  </message>
  <message>
   <source>Aside's mark</source>
   <translation>Aside 标志</translation>
  </message>
  <message>
   <source>Words and captions</source>
   <translation>文字与字幕</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>窗口</translation>
  </message>
  <message>
   <source>Microphone level</source>
   <translation>麦克风音量</translation>
  </message>
  <message>
   <source>Thinking</source>
   <translation>思考</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>使用这个</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>测试</translation>
  </message>
  <message>
   <source>Use none</source>
   <translation>不使用</translation>
  </message>
  <message>
   <source>Forget the key</source>
   <translation>忘记密钥</translation>
  </message>
  <message>
   <source>A language model that works in the background on what you ask for: llama.cpp, Ollama, LM Studio, vLLM, SGLang, or a service that speaks OpenAI's chat completions. Without one nothing is sent anywhere, and timers, sums, notes and files still work.</source>
   <translation>在后台处理你请求的语言模型：llama.cpp、Ollama、LM Studio、vLLM、SGLang，或支持 OpenAI chat completions 的服务。没有它就不会向任何地方发送内容，而计时器、计算、笔记和文件仍可使用。</translation>
  </message>
  <message>
   <source>Look around on this computer</source>
   <translation>在这台电脑上查找</translation>
  </message>
  <message>
   <source>Asks the usual ports who answers, whenever this page opens.</source>
   <translation>每次打开此页时，询问常用端口是否有服务应答。</translation>
  </message>
  <message>
   <source>Found here</source>
   <translation>在此找到</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>Up to the version. On another machine it begins with https.</source>
   <translation>写到版本号为止。在其他电脑上以 https 开头。</translation>
  </message>
  <message>
   <source>Its name, as the server calls it.</source>
   <translation>服务器所用的名称。</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>密钥</translation>
  </message>
  <message>
   <source>Where the server wants one. It is kept in the system's key store and never shown again.</source>
   <translation>如果服务器需要。它保存在系统密钥库中，不会再次显示。</translation>
  </message>
  <message>
   <source>Give it pictures</source>
   <translation>提供图像</translation>
  </message>
  <message>
   <source>Of screen and camera, while you share them.</source>
   <translation>在你共享时的屏幕和摄像头图像。</translation>
  </message>
  <message>
   <source>Asking {model}. A big one may take a minute to begin.</source>
   <translation>正在询问 {model}。大模型可能需要一分钟才开始。</translation>
  </message>
  <message>
   <source>None is in use.</source>
   <translation>当前没有使用任何模型。</translation>
  </message>
  <message>
   <source>not looked around</source>
   <translation>未查找</translation>
  </message>
  <message>
   <source>choose one</source>
   <translation>请选择</translation>
  </message>
  <message>
   <source>nobody answers</source>
   <translation>没有应答</translation>
  </message>
  <message>
   <source>one is kept; write another to change it</source>
   <translation>已保存；输入新的即可更换</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>The key is forgotten.</source>
   <translation>密钥已忘记。</translation>
  </message>
  <message>
   <source>The key was not forgotten: it is not in the key store, or the store does not answer.</source>
   <translation>密钥未能忘记：它不在密钥库中，或密钥库没有应答。</translation>
  </message>
  <message>
   <source>In use: {model} at {url}</source>
   <translation>正在使用：{url} 上的 {model}</translation>
  </message>
  <message>
   <source>It could not be tried: {error}.</source>
   <translation>无法测试：{error}。</translation>
  </message>
  <message>
   <source>Which model? Choose one, or write its name.</source>
   <translation>哪个模型？请选择或输入名称。</translation>
  </message>
  <message>
   <source>Stopped.</source>
   <translation>已停止。</translation>
  </message>
  <message>
   <source>No language model any more: nothing is sent anywhere.</source>
   <translation>不再使用语言模型：不会向任何地方发送内容。</translation>
  </message>
  <message>
   <source>That address cannot be used: {why}.</source>
   <translation>该地址不能使用：{why}。</translation>
  </message>
  <message>
   <source>Without tools it can answer but do nothing: choose one that calls tools.</source>
   <translation>不支持工具的模型只能回答，不能做事：请选择能调用工具的模型。</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>是</translation>
  </message>
  <message>
   <source>no</source>
   <translation>否</translation>
  </message>
  <message>
   <source>Works with {model}: first word after {ms} ms; streams: {streams}; calls tools: {tools}; hears: {hears}; sees images: {sees}.</source>
   <translation>{model} 可用：{ms} 毫秒后出现第一个词；流式：{streams}；调用工具：{tools}；能听：{hears}；能看图像：{sees}。</translation>
  </message>
  <message>
   <source>Open the microphone</source>
   <translation>打开麦克风</translation>
  </message>
  <message>
   <source>Status: {words}</source>
   <translation>状态：{words}</translation>
  </message>
  <message>
   <source>Choose what to share</source>
   <translation>选择要共享的内容</translation>
  </message>
  <message>
   <source>Click the monitor that Aside may see. Escape: nothing.</source>
   <translation>点击 Aside 可以查看的显示器。按 Esc 则不选。</translation>
  </message>
  <message>
   <source>Draw around what Aside may see. Escape: nothing.</source>
   <translation>框选 Aside 可以看的部分。按 Esc 取消。</translation>
  </message>
  <message>
   <source>Click the window that Aside may see. Escape: nothing.</source>
   <translation>点击 Aside 可以看的窗口。按 Esc 取消。</translation>
  </message>
  <message>
   <source>Aside's lights</source>
   <translation>Aside 指示灯</translation>
  </message>
  <message>
   <source>Aside points</source>
   <translation>Aside 指示</translation>
  </message>
  <message>
   <source>Aside points here</source>
   <translation>Aside 指向这里</translation>
  </message>
  <message>
   <source>Nobody</source>
   <translation>无</translation>
  </message>
  <message>
   <source>It is kept in the system's key store and never shown again.</source>
   <translation>它保存在系统密钥库中，不会再次显示。</translation>
  </message>
  <message>
   <source>Web search</source>
   <translation>网络搜索</translation>
  </message>
  <message>
   <source>Nothing is searched for before you choose who is asked, and what is sent is shown to you first.</source>
   <translation>在你选择向谁查询之前不会搜索任何内容；发送的内容会先显示给你。</translation>
  </message>
  <message>
   <source>Who is asked</source>
   <translation>向谁查询</translation>
  </message>
  <message>
   <source>Of a SearXNG server that gives JSON.</source>
   <translation>提供 JSON 的 SearXNG 服务器的地址。</translation>
  </message>
  <message>
   <source>Searches go there from now on.</source>
   <translation>从现在起搜索会发往那里。</translation>
  </message>
  <message>
   <source>Nothing is searched for.</source>
   <translation>不搜索任何内容。</translation>
  </message>
  <message>
   <source>It was not kept.</source>
   <translation>未能保存。</translation>
  </message>
  <message>
   <source>Its tools are used without asking.</source>
   <translation>其工具会不经询问直接使用。</translation>
  </message>
  <message>
   <source>Switched off.</source>
   <translation>已关闭。</translation>
  </message>
  <message>
   <source>Starting …</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <source>Not there: {why}</source>
   <translation>不可用：{why}</translation>
  </message>
  <message>
   <source>Ended. Its next use starts it again.</source>
   <translation>已结束。下次使用时会重新启动。</translation>
  </message>
  <message>
   <source>Running, with one tool:</source>
   <translation>正在运行，有一个工具：</translation>
  </message>
  <message>
   <source>Running, with {count} tools:</source>
   <translation>正在运行，有 {count} 个工具：</translation>
  </message>
  <message>
   <source>{name}: switched off ({target})</source>
   <translation>{name}：已关闭（{target}）</translation>
  </message>
  <message>
   <source>{name}: asks {target}</source>
   <translation>{name}：访问 {target}</translation>
  </message>
  <message>
   <source>{name}: starts {target}</source>
   <translation>{name}：启动 {target}</translation>
  </message>
  <message>
   <source>(instead of the one that is there)</source>
   <translation>（替换现有的）</translation>
  </message>
  <message>
   <source>On</source>
   <translation>开</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>移除…</translation>
  </message>
  <message>
   <source>{name} is on</source>
   <translation>{name} 已开启</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>移除 {name}</translation>
  </message>
  <message>
   <source>Its configuration, with any keys in it, is forgotten.</source>
   <translation>其配置及其中的密钥都会被忘记。</translation>
  </message>
  <message>
   <source>Configuration of servers</source>
   <translation>服务器配置</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>工具</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Programs that lend Aside their tools by the Model Context Protocol. Aside asks you before it uses one, except where a configuration says that it only reads.</source>
   <translation>通过 Model Context Protocol 向 Aside 提供工具的程序。Aside 使用之前会先询问你，除非配置注明它只读取。</translation>
  </message>
  <message>
   <source>Add servers</source>
   <translation>添加服务器</translation>
  </message>
  <message>
   <source>Paste their configuration, as their instructions give it.</source>
   <translation>粘贴其说明中给出的配置。</translation>
  </message>
  <message>
   <source>There are no tools here now.</source>
   <translation>现在这里没有工具。</translation>
  </message>
  <message>
   <source>Remove the server {name}?</source>
   <translation>移除服务器 {name}？</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>以及另外 {count} 个</translation>
  </message>
  <message>
   <source>Groups of settings</source>
   <translation>设置分组</translation>
  </message>
  <message>
   <source>Show every key</source>
   <translation>显示所有按键</translation>
  </message>
  <message>
   <source>Still reading what you typed.</source>
   <translation>还在读你输入的内容。</translation>
  </message>
  <message>
   <source>Start it again from the menu.</source>
   <translation>请从菜单重新启动。</translation>
  </message>
  <message>
   <source>The model's memory is free, and nothing is heard or seen. Type, or hold the talk key, and it goes on.</source>
   <translation>模型的内存已释放，不听也不看。输入文字或按住说话键即可继续。</translation>
  </message>
  <message>
   <source>Written, not spoken: it has spoken as often as you allow.</source>
   <translation>只写不说：说话次数已达到你允许的上限。</translation>
  </message>
  <message>
   <source>It was begun and failed: {error}. Try again, or start Aside anew.</source>
   <translation>已开始，但失败了：{error}。请重试，或重新启动 Aside。</translation>
  </message>
  <message>
   <source>“This session” and “Always” cover: {scope}</source>
   <translation>“本次会话”和“始终允许”适用于：{scope}</translation>
  </message>
  <message>
   <source>It is time</source>
   <translation>时间到了</translation>
  </message>
  <message>
   <source>I understood</source>
   <translation>我理解的是</translation>
  </message>
  <message>
   <source>Never mind</source>
   <translation>算了</translation>
  </message>
  <message>
   <source>Yes, do that</source>
   <translation>好，就这么做</translation>
  </message>
  <message>
   <source>May I use {tool}?</source>
   <translation>可以使用 {tool} 吗？</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>The rest is in the history.</source>
   <translation>其余内容在历史记录中。</translation>
  </message>
  <message>
   <source>Is that what you meant?</source>
   <translation>你是这个意思吗？</translation>
  </message>
  <message>
   <source>argument</source>
   <translation>参数</translation>
  </message>
  <message>
   <source>value</source>
   <translation>值</translation>
  </message>
  <message>
   <source>Or say aloud: {word}</source>
   <translation>或大声说：{word}</translation>
  </message>
  <message>
   <source>Works out arithmetic.</source>
   <translation>进行算术计算。</translation>
  </message>
  <message>
   <source>Converts between units of measure.</source>
   <translation>换算计量单位。</translation>
  </message>
  <message>
   <source>Shows you a card to look at or fill in.</source>
   <translation>显示一张供查看或填写的卡片。</translation>
  </message>
  <message>
   <source>Reads what was copied.</source>
   <translation>读取已复制的内容。</translation>
  </message>
  <message>
   <source>Copies a text for pasting.</source>
   <translation>复制一段文字以供粘贴。</translation>
  </message>
  <message>
   <source>Tells the date and the time, here or in another place.</source>
   <translation>告诉你这里或别处的日期和时间。</translation>
  </message>
  <message>
   <source>Runs a command in a closed box without network.</source>
   <translation>在无网络的封闭环境中运行命令。</translation>
  </message>
  <message>
   <source>Finds files and folders by their name.</source>
   <translation>按名称查找文件和文件夹。</translation>
  </message>
  <message>
   <source>Reads a text file.</source>
   <translation>读取文本文件。</translation>
  </message>
  <message>
   <source>Types into the window in front.</source>
   <translation>在最前面的窗口中打字。</translation>
  </message>
  <message>
   <source>Presses a key.</source>
   <translation>按下一个键。</translation>
  </message>
  <message>
   <source>Clicks somewhere on the screen.</source>
   <translation>在屏幕上点击。</translation>
  </message>
  <message>
   <source>Looks at the screen.</source>
   <translation>查看屏幕。</translation>
  </message>
  <message>
   <source>Looks through the camera.</source>
   <translation>通过摄像头查看。</translation>
  </message>
  <message>
   <source>Writes a note, or adds to one.</source>
   <translation>写笔记，或补充笔记。</translation>
  </message>
  <message>
   <source>Deletes a note.</source>
   <translation>删除笔记。</translation>
  </message>
  <message>
   <source>Reads a note.</source>
   <translation>读取笔记。</translation>
  </message>
  <message>
   <source>Lists the notes, the newest first.</source>
   <translation>列出笔记，最新的在前。</translation>
  </message>
  <message>
   <source>Opens a web page in the browser.</source>
   <translation>在浏览器中打开网页。</translation>
  </message>
  <message>
   <source>Opens a file in its application.</source>
   <translation>用相应的应用打开文件。</translation>
  </message>
  <message>
   <source>Starts an application.</source>
   <translation>启动应用。</translation>
  </message>
  <message>
   <source>Shows you the steps of a task and how many are done.</source>
   <translation>显示任务的各个步骤以及已完成的数量。</translation>
  </message>
  <message>
   <source>Sets a timer.</source>
   <translation>设置计时器。</translation>
  </message>
  <message>
   <source>Reminds you of something at a time.</source>
   <translation>到时间提醒你某事。</translation>
  </message>
  <message>
   <source>Lists the timers and reminders.</source>
   <translation>列出计时器和提醒。</translation>
  </message>
  <message>
   <source>Cancels a timer or a reminder.</source>
   <translation>取消计时器或提醒。</translation>
  </message>
  <message>
   <source>Reads a web page.</source>
   <translation>读取网页。</translation>
  </message>
  <message>
   <source>Searches the web.</source>
   <translation>搜索网络。</translation>
  </message>
  <message>
   <source>The background stopped ({kind}) and takes no tasks: start Aside again.</source>
   <translation>后台已停止（{kind}），不再接受任务：请重新启动 Aside。</translation>
  </message>
  <message>
   <source>The language model failed in the middle of its answer.</source>
   <translation>语言模型在回答中途出错。</translation>
  </message>
  <message>
   <source>The language model asked for too many things at once.</source>
   <translation>语言模型一次请求了太多事项。</translation>
  </message>
  <message>
   <source>The language model did not stop writing to a tool.</source>
   <translation>语言模型不停地向工具写入。</translation>
  </message>
  <message>
   <source>The language model sent something that is no answer.</source>
   <translation>语言模型发来的不是回答。</translation>
  </message>
  <message>
   <source>approved once by {by}</source>
   <translation>允许一次，通过{by}</translation>
  </message>
  <message>
   <source>approved for this session by {by}</source>
   <translation>本次会话允许，通过{by}</translation>
  </message>
  <message>
   <source>approved always by {by}</source>
   <translation>始终允许，通过{by}</translation>
  </message>
  <message>
   <source>key</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>click</source>
   <translation>点击</translation>
  </message>
  <message>
   <source>voice</source>
   <translation>语音</translation>
  </message>
  <message>
   <source>every use of {tool}</source>
   <translation>每次使用 {tool}</translation>
  </message>
  <message>
   <source>exactly this</source>
   <translation>仅此一项</translation>
  </message>
  <message>
   <source>needs no approval</source>
   <translation>无需许可</translation>
  </message>
  <message>
   <source>approved before: {what} ({id})</source>
   <translation>此前已允许：{what}（{id}）</translation>
  </message>
  <message>
   <source>any use of {tool}</source>
   <translation>对 {tool} 的任何使用</translation>
  </message>
  <message>
   <source>{tool} took longer than {limit} s: stopped.</source>
   <translation>{tool} 超过 {limit} 秒：已停止。</translation>
  </message>
  <message>
   <source>{tool} failed ({kind}).</source>
   <translation>{tool} 失败（{kind}）。</translation>
  </message>
  <message>
   <source>Taken back, because you corrected it: {what}</source>
   <translation>因为你作了更正，已撤销：{what}</translation>
  </message>
  <message>
   <source>That is not as you saw it any more, so I did not do it.</source>
   <translation>情况已和你看到的不一样，所以我没有做。</translation>
  </message>
  <message>
   <source>You corrected this, but it could not be taken back: {why}</source>
   <translation>你作了更正，但无法撤销：{why}</translation>
  </message>
  <message>
   <source>There is no tool {tool} here now.</source>
   <translation>现在没有工具 {tool}。</translation>
  </message>
  <message>
   <source>{tool} cannot say what it would do, so it is not done.</source>
   <translation>{tool} 无法说明会做什么，因此不执行。</translation>
  </message>
  <message>
   <source>There is nothing to undo about {what}.</source>
   <translation>{what} 没有可撤销的内容。</translation>
  </message>
  <message>
   <source>{tool} cannot take back what it did.</source>
   <translation>{tool} 无法撤销所做的事。</translation>
  </message>
  <message>
   <source>This task has used up the tokens that it may use.</source>
   <translation>此任务已用完允许使用的词元。</translation>
  </message>
  <message>
   <source>This task has cost what it may cost.</source>
   <translation>此任务的花费已达上限。</translation>
  </message>
  <message>
   <source>The money for the language model is used up for today.</source>
   <translation>今天用于语言模型的钱已用完。</translation>
  </message>
  <message>
   <source>The language model does not come to an end.</source>
   <translation>语言模型没完没了。</translation>
  </message>
  <message>
   <source>This task has used its tools as often as it may.</source>
   <translation>此任务使用工具的次数已达上限。</translation>
  </message>
  <message>
   <source>The language model asked for the same thing again and again.</source>
   <translation>语言模型一再请求同一件事。</translation>
  </message>
  <message>
   <source>{path} is damaged. Move it away to begin anew.</source>
   <translation>{path} 已损坏。请将其移走以重新开始。</translation>
  </message>
  <message>
   <source>The disk is full: {path} was not written. Free some space.</source>
   <translation>磁盘已满：{path} 未写入。请释放空间。</translation>
  </message>
  <message>
   <source>{path} cannot be used ({why}).</source>
   <translation>{path} 无法使用（{why}）。</translation>
  </message>
  <message>
   <source>{url} is no address; write for example {example}</source>
   <translation>{url} 不是地址；例如可写 {example}</translation>
  </message>
  <message>
   <source>a key does not belong into the address; give it by itself</source>
   <translation>密钥不应写在地址里；请单独填写</translation>
  </message>
  <message>
   <source>{host} is another machine: use https, so that nobody listens</source>
   <translation>{host} 是另一台电脑：请用 https，以免被窃听</translation>
  </message>
  <message>
   <source>reads the screen</source>
   <translation>正在读屏幕</translation>
  </message>
  <message>
   <source>listens to the request again</source>
   <translation>正在重听请求</translation>
  </message>
  <message>
   <source>{what} {detail}</source>
   <translation>{what} {detail}</translation>
  </message>
  <message>
   <source>There is no approval {id}. `aside approvals` lists them.</source>
   <translation>没有许可 {id}。`aside approvals` 会列出全部。</translation>
  </message>
  <message>
   <source>The key was not kept: {reason}. Set {variable} in the environment instead.</source>
   <translation>密钥未保存：{reason}。请改为在环境变量中设置 {variable}。</translation>
  </message>
  <message>
   <source>the key store does not answer ({kind})</source>
   <translation>密钥库没有应答（{kind}）</translation>
  </message>
  <message>
   <source>The disk takes no more tasks ({why}): make room; until Aside ends they are in memory only.</source>
   <translation>磁盘无法再保存任务（{why}）：请腾出空间；在 Aside 结束之前，任务只保存在内存中。</translation>
  </message>
  <message>
   <source>Another program holds {path}: close it, and start Aside again; until then the tasks are in memory only.</source>
   <translation>另一个程序占用了 {path}：请关闭它并重新启动 Aside；在此之前，任务只保存在内存中。</translation>
  </message>
  <message>
   <source>The kept tasks could not be read: they lie in {path}, and a new list was begun.</source>
   <translation>无法读取已保存的任务：它们在 {path} 中，并已开始新的列表。</translation>
  </message>
  <message>
   <source>A server needs a short name of letters, digits, dots and dashes, not {name}.</source>
   <translation>服务器需要由字母、数字、点和横线组成的短名称，而不是 {name}。</translation>
  </message>
  <message>
   <source>That is no JSON, from line {line}, column {column} on ({why}). Paste all of it, with the outer braces.</source>
   <translation>从第 {line} 行第 {column} 列起不是 JSON（{why}）。请连同最外层的大括号完整粘贴。</translation>
  </message>
  <message>
   <source>it uses the old SSE transport; ask for its streamable HTTP address</source>
   <translation>它使用旧的 SSE 传输；请改用其 streamable HTTP 地址</translation>
  </message>
  <message>
   <source>it needs a command to start, or an address beginning with http</source>
   <translation>需要启动命令，或以 http 开头的地址</translation>
  </message>
  <message>
   <source>nothing can be undone at a server: risk is read, outside or lasting</source>
   <translation>在服务器上无法撤销：risk 应为 read、outside 或 lasting</translation>
  </message>
  <message>
   <source>The server {name} cannot be used: {why}.</source>
   <translation>服务器 {name} 无法使用：{why}。</translation>
  </message>
  <message>
   <source>That is too long to be a list of servers.</source>
   <translation>这太长，不可能是服务器列表。</translation>
  </message>
  <message>
   <source>That names no servers: it should hold {example}.</source>
   <translation>其中没有服务器：应包含 {example}。</translation>
  </message>
  <message>
   <source>its settings are no object</source>
   <translation>其设置不是对象</translation>
  </message>
  <message>
   <source>it holds characters that no program takes</source>
   <translation>其中含有程序无法接受的字符</translation>
  </message>
  <message>
   <source>args has to be a list of texts</source>
   <translation>args 必须是文本列表</translation>
  </message>
  <message>
   <source>cwd has to be a folder</source>
   <translation>cwd 必须是文件夹</translation>
  </message>
  <message>
   <source>{field} has to hold texts</source>
   <translation>{field} 的值必须是文本</translation>
  </message>
  <message>
   <source>That is no list of servers: it is nested too deeply.</source>
   <translation>这不是服务器列表：嵌套太深。</translation>
  </message>
  <message>
   <source>risk is one of {risks}</source>
   <translation>risk 应为 {risks} 之一</translation>
  </message>
  <message>
   <source>it cannot be reached or does not speak MCP ({kind}).</source>
   <translation>无法连接，或不支持 MCP（{kind}）。</translation>
  </message>
  <message>
   <source>The server {name} refused: {why}</source>
   <translation>服务器 {name} 拒绝：{why}</translation>
  </message>
  <message>
   <source>its command is not installed here.</source>
   <translation>其命令未在此安装。</translation>
  </message>
  <message>
   <source>it ended or refused ({why}).</source>
   <translation>已结束或拒绝（{why}）。</translation>
  </message>
  <message>
   <source>The server {name} took too long to answer.</source>
   <translation>服务器 {name} 太久没有应答。</translation>
  </message>
  <message>
   <source>The server {name} went away in the middle of it. Whether it was done is not known; the next call starts the server again.</source>
   <translation>服务器 {name} 中途消失。是否已完成不得而知；下次调用会重新启动它。</translation>
  </message>
  <message>
   <source>It was probably done, but the server {name} answered in a way that cannot be read.</source>
   <translation>大概已经完成，但服务器 {name} 的回答无法读取。</translation>
  </message>
  <message>
   <source>The server {name} is not there: {why}</source>
   <translation>服务器 {name} 不可用：{why}</translation>
  </message>
  <message>
   <source>it did not answer within {limit} s.</source>
   <translation>在 {limit} 秒内没有应答。</translation>
  </message>
  <message>
   <source>There can be {count} servers at most. Remove some first.</source>
   <translation>最多可有 {count} 个服务器。请先移除一些。</translation>
  </message>
  <message>
   <source>There is no MCP server {name}.</source>
   <translation>没有 MCP 服务器 {name}。</translation>
  </message>
  <message>
   <source>Ask {server} to do {tool} with {arguments}</source>
   <translation>请 {server} 执行 {tool}，参数 {arguments}</translation>
  </message>
  <message>
   <source>{server} could not do {tool}: {why}</source>
   <translation>{server} 无法执行 {tool}：{why}</translation>
  </message>
  <message>
   <source>{name} sent an answer without an end.</source>
   <translation>{name} 发来没有结尾的回答。</translation>
  </message>
  <message>
   <source>{name} has sent nothing for {seconds} seconds; I gave up.</source>
   <translation>{name} 已 {seconds} 秒没有发送任何内容；我放弃了。</translation>
  </message>
  <message>
   <source>{name} broke off in the middle of its answer.</source>
   <translation>{name} 在回答中途中断。</translation>
  </message>
  <message>
   <source>Nothing answers at {name}; is the language model running?</source>
   <translation>{name} 没有应答；语言模型在运行吗？</translation>
  </message>
  <message>
   <source>{name} took too long to take my question.</source>
   <translation>{name} 接收我的问题用时太长。</translation>
  </message>
  <message>
   <source>{name} sent something that is no transcript.</source>
   <translation>{name} 发来的不是转写。</translation>
  </message>
  <message>
   <source>{path} cannot be written: {why}</source>
   <translation>{path} 无法写入：{why}</translation>
  </message>
  <message>
   <source>{text} [{count} more characters left out]</source>
   <translation>{text} [省略其余 {count} 个字符]</translation>
  </message>
  <message>
   <source>{sentence} {said}</source>
   <translation>{sentence} {said}</translation>
  </message>
  <message>
   <source>it answered, but used no tool</source>
   <translation>它回答了，但没有使用工具</translation>
  </message>
  <message>
   <source>it sent its answer in one piece</source>
   <translation>它一次性发来了回答</translation>
  </message>
  <message>
   <source>{name} did not take my question, status {status}.</source>
   <translation>{name} 没有接受我的问题，状态 {status}。</translation>
  </message>
  <message>
   <source>{name} did not accept the key; enter it again, in the settings or with aside mind use --key.</source>
   <translation>{name} 不接受密钥；请在设置中或用 aside mind use --key 重新输入。</translation>
  </message>
  <message>
   <source>{name} is too busy to answer now; try again later.</source>
   <translation>{name} 现在太忙无法应答；请稍后再试。</translation>
  </message>
  <message>
   <source>{name} failed inside and gave no answer.</source>
   <translation>{name} 内部出错，没有给出回答。</translation>
  </message>
  <message>
   <source>{name} does not know the model {model}.</source>
   <translation>{name} 没有模型 {model}。</translation>
  </message>
  <message>
   <source>{name} sends me elsewhere; put the address it names into the settings.</source>
   <translation>{name} 把我转到别处；请在设置中填写它给出的地址。</translation>
  </message>
  <message>
   <source>{tool} describes its arguments in a way that cannot be used.</source>
   <translation>{tool} 对其参数的描述无法使用。</translation>
  </message>
  <message>
   <source>{field} has to be {limit} or more.</source>
   <translation>{field} 必须不小于 {limit}。</translation>
  </message>
  <message>
   <source>{field} has to be more than {limit}.</source>
   <translation>{field} 必须大于 {limit}。</translation>
  </message>
  <message>
   <source>{field} has to be {limit} or less.</source>
   <translation>{field} 必须不大于 {limit}。</translation>
  </message>
  <message>
   <source>{field} has to be less than {limit}.</source>
   <translation>{field} 必须小于 {limit}。</translation>
  </message>
  <message>
   <source>{field} is too short.</source>
   <translation>{field} 太短。</translation>
  </message>
  <message>
   <source>{field} has to be at most {limit} characters long.</source>
   <translation>{field} 最多 {limit} 个字符。</translation>
  </message>
  <message>
   <source>{field} has too few entries.</source>
   <translation>{field} 的条目太少。</translation>
  </message>
  <message>
   <source>{field} has to have at most {limit} entries.</source>
   <translation>{field} 最多 {limit} 个条目。</translation>
  </message>
  <message>
   <source>{field} has to be a multiple of {limit}.</source>
   <translation>{field} 必须是 {limit} 的倍数。</translation>
  </message>
  <message>
   <source>{field} has to be a text.</source>
   <translation>{field} 必须是文本。</translation>
  </message>
  <message>
   <source>{field} has to be a number.</source>
   <translation>{field} 必须是数字。</translation>
  </message>
  <message>
   <source>{field} has to be a whole number.</source>
   <translation>{field} 必须是整数。</translation>
  </message>
  <message>
   <source>{field} has to be true or false.</source>
   <translation>{field} 必须是真或假。</translation>
  </message>
  <message>
   <source>{field} has to be a list.</source>
   <translation>{field} 必须是列表。</translation>
  </message>
  <message>
   <source>{field} has to be an object with fields.</source>
   <translation>{field} 必须是带字段的对象。</translation>
  </message>
  <message>
   <source>{field} is not valid ({rule}).</source>
   <translation>{field} 无效（{rule}）。</translation>
  </message>
  <message>
   <source>{field} is missing.</source>
   <translation>缺少 {field}。</translation>
  </message>
  <message>
   <source>{field} is not known to it.</source>
   <translation>它不认识 {field}。</translation>
  </message>
  <message>
   <source>{field} has to be one of {choices}.</source>
   <translation>{field} 必须是其中之一：{choices}。</translation>
  </message>
  <message>
   <source>what it was given</source>
   <translation>所给的内容</translation>
  </message>
  <message>
   <source>{tool} cannot take that: {why}</source>
   <translation>{tool} 无法接受：{why}</translation>
  </message>
  <message>
   <source>{tool} was given too much at once.</source>
   <translation>一次给 {tool} 的内容太多。</translation>
  </message>
  <message>
   <source>{tool} was given arguments nested too deep.</source>
   <translation>给 {tool} 的参数嵌套太深。</translation>
  </message>
  <message>
   <source>{tool} was given what is no plain JSON.</source>
   <translation>给 {tool} 的不是普通的 JSON。</translation>
  </message>
  <message>
   <source>I cannot do that alone, choose who thinks for me in the settings.</source>
   <translation>这个我自己做不到，请在设置里选择由谁替我思考。</translation>
  </message>
  <message>
   <source>You told me to stop, so I do nothing until you let me.</source>
   <translation>你让我停下了，在你允许之前我什么都不做。</translation>
  </message>
  <message>
   <source>I have too many things to do, ask me again later.</source>
   <translation>我要做的事太多了，请过一会儿再问我。</translation>
  </message>
  <message>
   <source>Something went wrong, so I stopped.</source>
   <translation>出了点问题，所以我停下了。</translation>
  </message>
  <message>
   <source>That took too long, so I stopped.</source>
   <translation>花的时间太长，所以我停下了。</translation>
  </message>
  <message>
   <source>I was cut off before I was done.</source>
   <translation>我还没做完就被打断了。</translation>
  </message>
  <message>
   <source>I was cut off before this was done: {request}.</source>
   <translation>我被打断了，这件事没有做完：{request}。</translation>
  </message>
  <message>
   <source>I did not do that. {why}</source>
   <translation>我没有做。{why}</translation>
  </message>
  <message>
   <source>I cannot do that here.</source>
   <translation>我在这里做不了这件事。</translation>
  </message>
  <message>
   <source>You said no.</source>
   <translation>你拒绝了。</translation>
  </message>
  <message>
   <source>You said no before.</source>
   <translation>你之前已经说过不。</translation>
  </message>
  <message>
   <source>You do not want that.</source>
   <translation>你不想要这样。</translation>
  </message>
  <message>
   <source>Too many questions were waiting for you.</source>
   <translation>等待你回答的问题太多。</translation>
  </message>
  <message>
   <source>Nobody answered in time.</source>
   <translation>没有人及时回答。</translation>
  </message>
  <message>
   <source>I got no right answer.</source>
   <translation>我没有得到有效的回答。</translation>
  </message>
  <message>
   <source>I could not ask you.</source>
   <translation>我没能问你。</translation>
  </message>
  <message>
   <source>I stopped, that was getting too long.</source>
   <translation>我停下了，这太长了。</translation>
  </message>
  <message>
   <source>I stopped, that has cost enough.</source>
   <translation>我停下了，这已经花得够多了。</translation>
  </message>
  <message>
   <source>I stopped, the money for today is used up.</source>
   <translation>我停下了，今天的钱用完了。</translation>
  </message>
  <message>
   <source>I stopped, the answer had no end.</source>
   <translation>我停下了，回答没有尽头。</translation>
  </message>
  <message>
   <source>I stopped, those were too many steps.</source>
   <translation>我停下了，步骤太多了。</translation>
  </message>
  <message>
   <source>I stopped, it went round and round.</source>
   <translation>我停下了，它一直在兜圈子。</translation>
  </message>
  <message>
   <source>Tell me what to work out, such as twelve times seven.</source>
   <translation>告诉我要算什么，例如十二乘以七。</translation>
  </message>
  <message>
   <source>Tell me how long, such as ten minutes.</source>
   <translation>告诉我多长时间，例如十分钟。</translation>
  </message>
  <message>
   <source>Tell me what to write down.</source>
   <translation>告诉我要记下什么。</translation>
  </message>
  <message>
   <source>Tell me what to open.</source>
   <translation>告诉我要打开什么。</translation>
  </message>
  <message>
   <source>Tell me what to search for.</source>
   <translation>告诉我要搜索什么。</translation>
  </message>
  <message>
   <source>That is {number}.</source>
   <translation>结果是 {number}。</translation>
  </message>
  <message>
   <source>That is about {number}.</source>
   <translation>结果大约是 {number}。</translation>
  </message>
  <message>
   <source>That divides by zero.</source>
   <translation>除数为零。</translation>
  </message>
  <message>
   <source>I cannot work that out, give it to me in numbers.</source>
   <translation>我算不出来，请用数字告诉我。</translation>
  </message>
  <message>
   <source>That has no answer that I can work out.</source>
   <translation>这没有我能算出的答案。</translation>
  </message>
  <message>
   <source>That number is too big to write down.</source>
   <translation>这个数太大，写不下。</translation>
  </message>
  <message>
   <source>That is too long, give it to me in parts.</source>
   <translation>太长了，请分几部分给我。</translation>
  </message>
  <message>
   <source>It is {time}.</source>
   <translation>现在是 {time}。</translation>
  </message>
  <message>
   <source>It is {time} in {place}.</source>
   <translation>{place}现在是 {time}。</translation>
  </message>
  <message>
   <source>A timer of {length} is running.</source>
   <translation>{length} 的计时器正在运行。</translation>
  </message>
  <message>
   <source>A reminder is set for {when}.</source>
   <translation>已设置提醒：{when}。</translation>
  </message>
  <message>
   <source>The timer is off.</source>
   <translation>计时器已关闭。</translation>
  </message>
  <message>
   <source>The reminder is off.</source>
   <translation>提醒已关闭。</translation>
  </message>
  <message>
   <source>Time is up.</source>
   <translation>时间到。</translation>
  </message>
  <message>
   <source>{ring} It was due at {time} on {day}, I was not there.</source>
   <translation>{ring} 本应在{day} {time} 提醒，当时我不在。</translation>
  </message>
  <message>
   <source>You have no timers.</source>
   <translation>你没有计时器。</translation>
  </message>
  <message>
   <source>One timer</source>
   <translation>一个计时器</translation>
  </message>
  <message>
   <source>One reminder</source>
   <translation>一个提醒</translation>
  </message>
  <message>
   <source>{count} timers</source>
   <translation>{count} 个计时器</translation>
  </message>
  <message>
   <source>{count} reminders</source>
   <translation>{count} 个提醒</translation>
  </message>
  <message>
   <source>{count} timers and reminders</source>
   <translation>{count} 个计时器和提醒</translation>
  </message>
  <message>
   <source>{label} in {length}</source>
   <translation>{length}后{label}</translation>
  </message>
  <message>
   <source>{length} left</source>
   <translation>还剩 {length}</translation>
  </message>
  <message>
   <source>Noted under {title}.</source>
   <translation>已记在 {title}。</translation>
  </message>
  <message>
   <source>The note is gone.</source>
   <translation>笔记已删除。</translation>
  </message>
  <message>
   <source>The note {title} says: {text}.</source>
   <translation>笔记 {title} 写着：{text}。</translation>
  </message>
  <message>
   <source>You have no notes.</source>
   <translation>你没有笔记。</translation>
  </message>
  <message>
   <source>No note has that in it.</source>
   <translation>没有笔记含有这个。</translation>
  </message>
  <message>
   <source>One note</source>
   <translation>一条笔记</translation>
  </message>
  <message>
   <source>{count} notes</source>
   <translation>{count} 条笔记</translation>
  </message>
  <message>
   <source>{what}: {one}.</source>
   <translation>{what}：{one}。</translation>
  </message>
  <message>
   <source>{what}: {one}, and {two}.</source>
   <translation>{what}：{one}和{two}。</translation>
  </message>
  <message>
   <source>{what}, the first are {one}, and {two}.</source>
   <translation>{what}，最前面的是{one}和{two}。</translation>
  </message>
  <message>
   <source>I found no file of that name.</source>
   <translation>我没有找到这个名字的文件。</translation>
  </message>
  <message>
   <source>I found one file: {name}.</source>
   <translation>我找到一个文件：{name}。</translation>
  </message>
  <message>
   <source>I found {count} files.</source>
   <translation>我找到 {count} 个文件。</translation>
  </message>
  <message>
   <source>I found {count} files or more.</source>
   <translation>我找到 {count} 个或更多文件。</translation>
  </message>
  <message>
   <source>There is one line in it.</source>
   <translation>里面有一行。</translation>
  </message>
  <message>
   <source>There are {count} lines in it.</source>
   <translation>里面有 {count} 行。</translation>
  </message>
  <message>
   <source>You have copied no text.</source>
   <translation>你没有复制任何文字。</translation>
  </message>
  <message>
   <source>It is copied.</source>
   <translation>已复制。</translation>
  </message>
  <message>
   <source>I have read the page.</source>
   <translation>我读了这个网页。</translation>
  </message>
  <message>
   <source>I asked for the page to be opened.</source>
   <translation>我已请求打开该网页。</translation>
  </message>
  <message>
   <source>{name} is starting.</source>
   <translation>{name} 正在启动。</translation>
  </message>
  <message>
   <source>I find no {name} here, say its name as the menu has it.</source>
   <translation>我在这里找不到 {name}，请说出菜单里的名称。</translation>
  </message>
  <message>
   <source>There are several, say which: {names}.</source>
   <translation>有好几个，请说是哪一个：{names}。</translation>
  </message>
  <message>
   <source>I cannot search the web yet, choose who is asked in the settings.</source>
   <translation>我还不能搜索网络，请在设置里选择向谁查询。</translation>
  </message>
  <message>
   <source>I found one result.</source>
   <translation>我找到一个结果。</translation>
  </message>
  <message>
   <source>I found {count} results.</source>
   <translation>我找到 {count} 个结果。</translation>
  </message>
  <message>
   <source>I do not see your screen, share it first.</source>
   <translation>我看不到你的屏幕，请先共享。</translation>
  </message>
  <message>
   <source>I do not see the camera, switch it on first.</source>
   <translation>我看不到摄像头画面，请先打开。</translation>
  </message>
  <message>
   <source>I cannot tell what is there, choose who looks for me in the settings.</source>
   <translation>我说不出那里有什么，请在设置里选择由谁替我看。</translation>
  </message>
  <message>
   <source>I can read no text on your screen.</source>
   <translation>我在你的屏幕上读不到文字。</translation>
  </message>
  <message>
   <source>I read one line of text on your screen.</source>
   <translation>我在你的屏幕上读到一行文字。</translation>
  </message>
  <message>
   <source>I read {count} lines of text on your screen.</source>
   <translation>我在你的屏幕上读到 {count} 行文字。</translation>
  </message>
  <message>
   <source>It is shown.</source>
   <translation>已显示。</translation>
  </message>
  <message>
   <source>It is shown, and nothing was pressed yet.</source>
   <translation>已显示，还没有按下任何按钮。</translation>
  </message>
  <message>
   <source>I have your answer.</source>
   <translation>我收到了你的回答。</translation>
  </message>
  <message>
   <source>I have typed it.</source>
   <translation>我已输入。</translation>
  </message>
  <message>
   <source>I have pressed it.</source>
   <translation>我已按下。</translation>
  </message>
  <message>
   <source>I have clicked there.</source>
   <translation>我已点击那里。</translation>
  </message>
  <message>
   <source>The command is done.</source>
   <translation>命令已完成。</translation>
  </message>
  <message>
   <source>The command failed.</source>
   <translation>命令失败了。</translation>
  </message>
  <message>
   <source>I have an answer from {server}.</source>
   <translation>我收到了 {server} 的回答。</translation>
  </message>
  <message>
   <source>What thinks for me does not answer.</source>
   <translation>替我思考的没有回应。</translation>
  </message>
  <message>
   <source>I waited too long for an answer.</source>
   <translation>我等回答等得太久了。</translation>
  </message>
  <message>
   <source>What thinks for me is busy, ask me again later.</source>
   <translation>替我思考的正忙，请过一会儿再问我。</translation>
  </message>
  <message>
   <source>What thinks for me did not take my question.</source>
   <translation>替我思考的没有接受我的问题。</translation>
  </message>
  <message>
   <source>What thinks for me failed, so I have no answer.</source>
   <translation>替我思考的出错了，所以我没有答案。</translation>
  </message>
  <message>
   <source>I got an answer that I cannot read.</source>
   <translation>我收到了一个读不懂的回答。</translation>
  </message>
  <message>
   <source>The answer broke off before its end.</source>
   <translation>回答还没结束就中断了。</translation>
  </message>
  <message>
   <source>I was not let in, look at the key in the settings.</source>
   <translation>我被拒绝了，请查看设置里的密钥。</translation>
  </message>
  <message>
   <source>Time is up: {label}.</source>
   <translation>时间到：{label}。</translation>
  </message>
  <message>
   <source>Remember: {label}.</source>
   <translation>别忘了：{label}。</translation>
  </message>
  <message>
   <source>Monday</source>
   <translation>星期一</translation>
  </message>
  <message>
   <source>Tuesday</source>
   <translation>星期二</translation>
  </message>
  <message>
   <source>Wednesday</source>
   <translation>星期三</translation>
  </message>
  <message>
   <source>Thursday</source>
   <translation>星期四</translation>
  </message>
  <message>
   <source>Friday</source>
   <translation>星期五</translation>
  </message>
  <message>
   <source>Saturday</source>
   <translation>星期六</translation>
  </message>
  <message>
   <source>Sunday</source>
   <translation>星期日</translation>
  </message>
  <message>
   <source>{path} has to hold one object.</source>
   <translation>{path} 必须包含一个对象。</translation>
  </message>
  <message>
   <source>That is no web address: it begins with https:// and a name.</source>
   <translation>这不是网址：网址以 https:// 和名称开头。</translation>
  </message>
  <message>
   <source>That web address holds a space or a line break.</source>
   <translation>该网址含有空格或换行。</translation>
  </message>
  <message>
   <source>That web address is too long or holds letters that addresses do not.</source>
   <translation>该网址太长，或含有网址中不允许的字符。</translation>
  </message>
  <message>
   <source>{host} is on this machine or in this house; pages there are not read.</source>
   <translation>{host} 在本机或本地网络中；不读取那里的网页。</translation>
  </message>
  <message>
   <source>That is no web address.</source>
   <translation>这不是网址。</translation>
  </message>
  <message>
   <source>{host} is not known, or there is no network now.</source>
   <translation>找不到 {host}，或者现在没有网络。</translation>
  </message>
  <message>
   <source>That time is over: {when}.</source>
   <translation>该时间已过：{when}。</translation>
  </message>
  <message>
   <source>There is no timer or reminder of that id.</source>
   <translation>没有该编号的计时器或提醒。</translation>
  </message>
  <message>
   <source>It would have rung by now.</source>
   <translation>它本该已经响过了。</translation>
  </message>
  <message>
   <source>There are {most} timers and reminders already. Cancel some.</source>
   <translation>已有 {most} 个计时器和提醒。请取消一些。</translation>
  </message>
  <message>
   <source>What it was is no longer known.</source>
   <translation>已不知道它原来是什么。</translation>
  </message>
  <message>
   <source>That holds something that is no arithmetic.</source>
   <translation>其中含有不是算式的内容。</translation>
  </message>
  <message>
   <source>There is no such function. There are: {known}.</source>
   <translation>没有这个函数。可用的有：{known}。</translation>
  </message>
  <message>
   <source>That is no number.</source>
   <translation>这不是数字。</translation>
  </message>
  <message>
   <source>Work out {sum}.</source>
   <translation>计算 {sum}。</translation>
  </message>
  <message>
   <source>Convert {amount} {unit} to {to}.</source>
   <translation>把 {amount} {unit} 换算成 {to}。</translation>
  </message>
  <message>
   <source>That is no unit: give a name such as mile, km/h or degC.</source>
   <translation>这不是单位：请给出名称，如 mile、km/h 或 degC。</translation>
  </message>
  <message>
   <source>There is no such unit as {unit} here.</source>
   <translation>这里没有单位 {unit}。</translation>
  </message>
  <message>
   <source>{unit} cannot be converted to {to}: they measure other things.</source>
   <translation>{unit} 无法换算为 {to}：它们度量不同的量。</translation>
  </message>
  <message>
   <source>{unit} or {to} is no unit that can be converted.</source>
   <translation>{unit} 或 {to} 不是可换算的单位。</translation>
  </message>
  <message>
   <source>Show a card, or change one that is shown.</source>
   <translation>显示卡片，或更改已显示的卡片。</translation>
  </message>
  <message>
   <source>No message names a card by its surfaceId.</source>
   <translation>没有消息用 surfaceId 指明卡片。</translation>
  </message>
  <message>
   <source>Read the text on the clipboard.</source>
   <translation>读取剪贴板上的文字。</translation>
  </message>
  <message>
   <source>Put on the clipboard: {text}</source>
   <translation>放到剪贴板：{text}</translation>
  </message>
  <message>
   <source>The clipboard holds what it held before.</source>
   <translation>剪贴板已恢复原来的内容。</translation>
  </message>
  <message>
   <source>What was on the clipboard before is no longer known.</source>
   <translation>剪贴板原来的内容已不可知。</translation>
  </message>
  <message>
   <source>Something else was copied since then, and it stays.</source>
   <translation>之后又复制了别的内容，予以保留。</translation>
  </message>
  <message>
   <source>Look at the clock.</source>
   <translation>查看时间。</translation>
  </message>
  <message>
   <source>Look at the clock in {zone}.</source>
   <translation>查看 {zone} 的时间。</translation>
  </message>
  <message>
   <source>There is no such time zone. Give one such as Europe/Lisbon.</source>
   <translation>没有这个时区。请给出如 Europe/Lisbon 的时区。</translation>
  </message>
  <message>
   <source>Run in the folder {folder}, enclosed: {line}</source>
   <translation>在文件夹 {folder} 中隔离运行：{line}</translation>
  </message>
  <message>
   <source>That is no command.</source>
   <translation>这不是命令。</translation>
  </message>
  <message>
   <source>That page sends its readers round in circles.</source>
   <translation>该网页让读者来回兜圈。</translation>
  </message>
  <message>
   <source>There is no such page, or not for us (status {status}).</source>
   <translation>没有这个网页，或者我们不能访问（状态 {status}）。</translation>
  </message>
  <message>
   <source>That is no page to read ({kind}).</source>
   <translation>这不是可读的网页（{kind}）。</translation>
  </message>
  <message>
   <source>{name} did not answer as it should.</source>
   <translation>{name} 没有正常应答。</translation>
  </message>
  <message>
   <source>That page leads on to {address}: ask for it there.</source>
   <translation>该网页转到 {address}：请直接请求那里。</translation>
  </message>
  <message>
   <source>Look for files named {name} in the folders that are not private.</source>
   <translation>在非私密文件夹中查找名为 {name} 的文件。</translation>
  </message>
  <message>
   <source>Read the file {path}.</source>
   <translation>读取文件 {path}。</translation>
  </message>
  <message>
   <source>{name} holds no text. Open it with its application instead.</source>
   <translation>{name} 不含文本。请用相应的程序打开。</translation>
  </message>
  <message>
   <source>{path} is no file that can be read.</source>
   <translation>{path} 不是可读取的文件。</translation>
  </message>
  <message>
   <source>{some} of {all} characters were typed</source>
   <translation>已输入 {all} 个字符中的 {some} 个</translation>
  </message>
  <message>
   <source>left</source>
   <translation>左键</translation>
  </message>
  <message>
   <source>right</source>
   <translation>右键</translation>
  </message>
  <message>
   <source>double</source>
   <translation>双击</translation>
  </message>
  <message>
   <source>Type into {window}: {text}</source>
   <translation>在 {window} 中输入：{text}</translation>
  </message>
  <message>
   <source>typing exactly this into {window}</source>
   <translation>在 {window} 中输入完全相同的内容</translation>
  </message>
  <message>
   <source>Typed into {window}.</source>
   <translation>已输入到 {window}。</translation>
  </message>
  <message>
   <source>Press {key} in {window}.</source>
   <translation>在 {window} 中按 {key}。</translation>
  </message>
  <message>
   <source>pressing {key} in {window}</source>
   <translation>在 {window} 中按 {key}</translation>
  </message>
  <message>
   <source>Pressed {key} in {window}.</source>
   <translation>已在 {window} 中按下 {key}。</translation>
  </message>
  <message>
   <source>Click ({how}) at {x}, {y} over {window}.</source>
   <translation>在 {window} 上方的 {x}, {y} 处点击（{how}）。</translation>
  </message>
  <message>
   <source>this click over {window}</source>
   <translation>在 {window} 上的这次点击</translation>
  </message>
  <message>
   <source>Clicked at {x}, {y}.</source>
   <translation>已点击 {x}, {y}。</translation>
  </message>
  <message>
   <source>Aside is typing into {window}</source>
   <translation>Aside 正在 {window} 中输入</translation>
  </message>
  <message>
   <source>Aside presses {key}</source>
   <translation>Aside 按下 {key}</translation>
  </message>
  <message>
   <source>Aside clicks</source>
   <translation>Aside 点击</translation>
  </message>
  <message>
   <source>That text holds characters that cannot be seen, so it is not typed.</source>
   <translation>该文本含有看不见的字符，因此不输入。</translation>
  </message>
  <message>
   <source>This keyboard cannot type all of these letters. Copy them for pasting.</source>
   <translation>这个键盘无法输入所有这些字符。请复制后粘贴。</translation>
  </message>
  <message>
   <source>The user stopped it: {so_far}.</source>
   <translation>用户已停止：{so_far}。</translation>
  </message>
  <message>
   <source>Another window came to the front: {so_far}.</source>
   <translation>另一个窗口到了前面：{so_far}。</translation>
  </message>
  <message>
   <source>nothing was pressed</source>
   <translation>没有按任何键</translation>
  </message>
  <message>
   <source>nothing was clicked</source>
   <translation>没有点击</translation>
  </message>
  <message>
   <source>That is no time: give one such as 15:30, or 2031-05-17 15:30 with its date.</source>
   <translation>这不是时间：请给出如 15:30，或带日期的 2031-05-17 15:30。</translation>
  </message>
  <message>
   <source>{program} is needed to open things: install it first.</source>
   <translation>打开东西需要 {program}：请先安装它。</translation>
  </message>
  <message>
   <source>It could not be opened: {program} failed.</source>
   <translation>无法打开：{program} 失败。</translation>
  </message>
  <message>
   <source>Windows has nothing to open that with.</source>
   <translation>Windows 没有可打开它的程序。</translation>
  </message>
  <message>
   <source>Look at the screen and read what stands there.</source>
   <translation>查看屏幕并阅读上面的内容。</translation>
  </message>
  <message>
   <source>Look through the camera.</source>
   <translation>通过摄像头查看。</translation>
  </message>
  <message>
   <source>The note {title} is as it was before.</source>
   <translation>笔记 {title} 已恢复原样。</translation>
  </message>
  <message>
   <source>Add to the note {title}: {text}</source>
   <translation>添加到笔记 {title}：{text}</translation>
  </message>
  <message>
   <source>Delete the note {title}.</source>
   <translation>删除笔记 {title}。</translation>
  </message>
  <message>
   <source>Read the note {title}.</source>
   <translation>读取笔记 {title}。</translation>
  </message>
  <message>
   <source>List the notes.</source>
   <translation>列出笔记。</translation>
  </message>
  <message>
   <source>Write a new note {title}: {text}</source>
   <translation>写新笔记 {title}：{text}</translation>
  </message>
  <message>
   <source>Replace the note {title}: {text}</source>
   <translation>替换笔记 {title}：{text}</translation>
  </message>
  <message>
   <source>List the notes that contain {text}.</source>
   <translation>列出包含 {text} 的笔记。</translation>
  </message>
  <message>
   <source>A note needs a short title with a letter or a digit in it.</source>
   <translation>笔记需要一个含字母或数字的短标题。</translation>
  </message>
  <message>
   <source>That note is a link to elsewhere, and is left alone.</source>
   <translation>这条笔记是指向别处的链接，不作改动。</translation>
  </message>
  <message>
   <source>What the note was before is no longer kept.</source>
   <translation>笔记以前的内容已不再保存。</translation>
  </message>
  <message>
   <source>The note was changed since then, and stays as it is.</source>
   <translation>笔记此后已被修改，保持原样。</translation>
  </message>
  <message>
   <source>There are {most} notes already. Delete some first.</source>
   <translation>已有 {most} 条笔记。请先删除一些。</translation>
  </message>
  <message>
   <source>The note would become too long. Begin another.</source>
   <translation>这条笔记会太长。请另起一条。</translation>
  </message>
  <message>
   <source>There is no note of that title.</source>
   <translation>没有该标题的笔记。</translation>
  </message>
  <message>
   <source>That note is too long to be read here.</source>
   <translation>这条笔记太长，无法在这里读取。</translation>
  </message>
  <message>
   <source>Open in the browser: {address}</source>
   <translation>在浏览器中打开：{address}</translation>
  </message>
  <message>
   <source>The browser was asked to open {address}.</source>
   <translation>已请浏览器打开 {address}。</translation>
  </message>
  <message>
   <source>Open the file {path}.</source>
   <translation>打开文件 {path}。</translation>
  </message>
  <message>
   <source>Start {name}.</source>
   <translation>启动 {name}。</translation>
  </message>
  <message>
   <source>opening {address}</source>
   <translation>打开 {address}</translation>
  </message>
  <message>
   <source>{name} is being opened.</source>
   <translation>正在打开 {name}。</translation>
  </message>
  <message>
   <source>starting {name}</source>
   <translation>启动 {name}</translation>
  </message>
  <message>
   <source>{name} is a program or can hold one. Open it by hand.</source>
   <translation>{name} 是程序或可能含有程序。请手动打开。</translation>
  </message>
  <message>
   <source>Show that {done} of {count} steps are done.</source>
   <translation>显示已完成 {count} 步中的 {done} 步。</translation>
  </message>
  <message>
   <source>There are {count} steps: no more of them can be done.</source>
   <translation>一共 {count} 步：完成的不会更多。</translation>
  </message>
  <message>
   <source>The command took longer than {limit} s and was stopped.</source>
   <translation>命令超过 {limit} 秒，已停止。</translation>
  </message>
  <message>
   <source>The search provider is set up in a way that is not known: see Settings.</source>
   <translation>搜索服务的设置无法识别：请查看设置。</translation>
  </message>
  <message>
   <source>Brave Search needs a key: enter it in the settings, under Tools.</source>
   <translation>Brave Search 需要密钥：请在设置的“工具”中输入。</translation>
  </message>
  <message>
   <source>Give the server's address, such as http://localhost:8888.</source>
   <translation>请给出服务器地址，例如 http://localhost:8888。</translation>
  </message>
  <message>
   <source>The search provider did not answer as it should.</source>
   <translation>搜索服务没有正常应答。</translation>
  </message>
  <message>
   <source>The search provider answered with too much.</source>
   <translation>搜索服务返回的内容太多。</translation>
  </message>
  <message>
   <source>The search provider refused (status {status}).</source>
   <translation>搜索服务拒绝了（状态 {status}）。</translation>
  </message>
  <message>
   <source>There is no such file here, or it is hidden or private.</source>
   <translation>这里没有这个文件，或者它是隐藏的或私密的。</translation>
  </message>
  <message>
   <source>Remind you on {when}: {label}</source>
   <translation>在 {when} 提醒你：{label}</translation>
  </message>
  <message>
   <source>Remind you on {when} and every day after: {label}</source>
   <translation>在 {when} 及之后每天提醒你：{label}</translation>
  </message>
  <message>
   <source>Remind you on {when} and every week after: {label}</source>
   <translation>在 {when} 及之后每周提醒你：{label}</translation>
  </message>
  <message>
   <source>Cancel the timer: {label}</source>
   <translation>取消计时器：{label}</translation>
  </message>
  <message>
   <source>Cancel the reminder: {label}</source>
   <translation>取消提醒：{label}</translation>
  </message>
  <message>
   <source>The timer is cancelled: {label}</source>
   <translation>计时器已取消：{label}</translation>
  </message>
  <message>
   <source>The reminder is cancelled: {label}</source>
   <translation>提醒已取消：{label}</translation>
  </message>
  <message>
   <source>The timer is back: {label}</source>
   <translation>计时器已恢复：{label}</translation>
  </message>
  <message>
   <source>The reminder is back: {label}</source>
   <translation>提醒已恢复：{label}</translation>
  </message>
  <message>
   <source>{count} day</source>
   <translation>{count} 天</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} 天</translation>
  </message>
  <message>
   <source>{count} hour</source>
   <translation>{count} 小时</translation>
  </message>
  <message>
   <source>{count} hours</source>
   <translation>{count} 小时</translation>
  </message>
  <message>
   <source>{count} minute</source>
   <translation>{count} 分钟</translation>
  </message>
  <message>
   <source>{count} minutes</source>
   <translation>{count} 分钟</translation>
  </message>
  <message>
   <source>{count} second</source>
   <translation>{count} 秒</translation>
  </message>
  <message>
   <source>{count} seconds</source>
   <translation>{count} 秒</translation>
  </message>
  <message>
   <source>Set a timer of {length}.</source>
   <translation>设置 {length} 的计时器。</translation>
  </message>
  <message>
   <source>The timer is cancelled: {label}.</source>
   <translation>计时器已取消：{label}。</translation>
  </message>
  <message>
   <source>The reminder is cancelled: {label}.</source>
   <translation>提醒已取消：{label}。</translation>
  </message>
  <message>
   <source>List the timers and reminders.</source>
   <translation>列出计时器和提醒。</translation>
  </message>
  <message>
   <source>Set a timer of {length} for: {label}.</source>
   <translation>设置 {length} 的计时器，用于：{label}。</translation>
  </message>
  <message>
   <source>{long} {short}</source>
   <translation>{long} {short}</translation>
  </message>
  <message>
   <source>It has rung already, or was cancelled.</source>
   <translation>它已经响过，或已被取消。</translation>
  </message>
  <message>
   <source>That time is over, or too far away.</source>
   <translation>该时间已过，或者太遥远。</translation>
  </message>
  <message>
   <source>Read the web page {address}</source>
   <translation>读取网页 {address}</translation>
  </message>
  <message>
   <source>Send to {place}: {query}</source>
   <translation>发送到 {place}：{query}</translation>
  </message>
  <message>
   <source>reading pages of {site}</source>
   <translation>读取 {site} 的网页</translation>
  </message>
  <message>
   <source>every search with {place}</source>
   <translation>在 {place} 的每次搜索</translation>
  </message>
  <message>
   <source>That needs a language model, and none is chosen yet: see Thinking in the settings.</source>
   <translation>这需要语言模型，而现在还没有选择：请看设置中的“思考”。</translation>
  </message>
  <message>
   <source>has begun</source>
   <translation>已开始</translation>
  </message>
  <message>
   <source>It may take no longer than {minutes} minutes.</source>
   <translation>最多只能用 {minutes} 分钟。</translation>
  </message>
 </context>
</TS>
